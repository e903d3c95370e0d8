package io.usr1.weaver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The weaver's rooms: the proof uses the writers, the writers use the readers, and nobody looks back. */
@AnalyzeClasses(packages = "io.usr1.weaver", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest static final ArchRule noCircles = slices().matching("io.usr1.(**)").should().beFreeOfCycles();

    @ArchTest static final ArchRule fewNeighbours = classes().should().onlyDependOnClassesThat().resideInAnyPackage(
            "io.usr1.weaver..", "io.usr1.target", "io.usr1.runtime", "net.bytebuddy..", "org.objectweb.asm..",
            "java.lang..", "java.util..", "java.io", "java.security");

    @ArchTest static final ArchRule readersKnowNoWriters = classes().that().resideInAPackage("io.usr1.weaver.code")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.usr1.weaver.code", "io.usr1.target", "org.objectweb.asm..", "java.lang..", "java.util..", "java.io");

    @ArchTest static final ArchRule writersKnowNoRules = classes().that().resideInAPackage("io.usr1.weaver.weave")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.usr1.weaver.weave", "io.usr1.weaver.code", "net.bytebuddy..", "org.objectweb.asm..",
                    "java.lang..", "java.util..");
}
