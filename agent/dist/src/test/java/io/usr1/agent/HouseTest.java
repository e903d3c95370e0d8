package io.usr1.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders between the rooms that Maven's module graph and the compiler do not hold already. */
@AnalyzeClasses(packages = "io.usr1", importOptions = {ImportOption.DoNotIncludeTests.class, HouseTest.NoTestJar.class})
class HouseTest {

    @ArchTest static final ArchRule NO_CIRCLES = slices().matching("io.usr1.(**)").should().beFreeOfCycles();

    @ArchTest static final ArchRule RUNTIME_AND_TARGET_IMPORT_NOTHING_OF_OURS = noClasses()
            .that().resideInAnyPackage("io.usr1.runtime..", "io.usr1.target..")
            .should().dependOnClassesThat().resideInAnyPackage("io.usr1.weaver..", "io.usr1.events..", "io.usr1.agent..", "io.usr1.entry..", "io.usr1.cli..");

    @ArchTest static final ArchRule ENTRY_NEEDS_THE_RUNTIME_AND_JAVA_BASE_ONLY = classes()
            .that().resideInAPackage("io.usr1.entry")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.usr1.entry", "io.usr1.runtime", "java.lang..", "java.io", "java.util",
                    "java.util.jar", "java.util.zip", "java.net", "java.security", "java.nio.charset");

    @ArchTest static final ArchRule ONLY_THE_AGENT_AND_THE_COMMAND_LINE_KNOW_THE_WEAVER = noClasses()
            .that().resideInAnyPackage("io.usr1.events..", "io.usr1.entry..")
            .should().dependOnClassesThat().resideInAnyPackage("io.usr1.weaver..", "io.usr1.target..");

    @ArchTest static final ArchRule NOBODY_TOUCHES_JAVA_UTIL_LOGGING = noClasses()
            .should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest static final ArchRule ONLY_CONTROL_AND_ITS_CLIENT_KNOW_JMX = noClasses()
            .that().resideOutsideOfPackages("io.usr1.agent.control", "io.usr1.cli.jvm")
            .should().dependOnClassesThat().resideInAPackage("javax.management..");

    @ArchTest static final ArchRule FINDINGS_NEED_JAVA_BASE_ONLY = classes().that().resideInAPackage("io.usr1.findings")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.usr1.findings", "java.lang..", "java.util..");

    @ArchTest static final ArchRule NOTHING_IN_THE_AGENT_KNOWS_MISSION_CONTROL = noClasses()
            .that().resideOutsideOfPackage("io.usr1.jmc..")
            .should().dependOnClassesThat().resideInAnyPackage("io.usr1.jmc..", "org.openjdk.jmc..");

    @ArchTest static final ArchRule ONLY_EVENTS_KNOW_FLIGHT_RECORDER = noClasses()
            .that().resideOutsideOfPackages("io.usr1.events..", "io.usr1.cli.report..")
            .should().dependOnClassesThat().resideInAPackage("jdk.jfr..");

    static final class NoTestJar implements ImportOption {
        @Override public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes/");
        }
    }
}
