package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Opens the built jar: what applications can see of the agent, and what they cannot. */
class AgentJarIT {

    static final String JAR = System.getProperty("test.agent.jar");
    private static final String HIDDEN = "META-INF/usr1/";

    @Test void showsApplicationsTheRuntimeAndTheEntryAndNothingElse() throws IOException {
        TreeSet<String> packages = names().stream().filter(name -> name.endsWith(".class") && !name.startsWith(HIDDEN))
                .map(name -> name.substring(0, name.lastIndexOf('/'))).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(List.of("io/usr1/entry", "io/usr1/runtime")), packages);
    }

    @Test void relocatesEveryLibrary() throws IOException {
        List<String> foreign = names().stream().filter(name -> name.startsWith(HIDDEN) && name.endsWith(".class"))
                .filter(name -> !name.startsWith(HIDDEN + "io/usr1/")).limit(5).collect(Collectors.toList());
        assertEquals(List.of(), foreign);
    }

    @Test void relocatesServiceFilesToo() throws IOException {
        String services = HIDDEN + "META-INF/services/io.usr1.shaded.slf4j.spi.SLF4JServiceProvider";
        try (JarFile jar = new JarFile(JAR)) {
            assertNotNull(jar.getEntry(services), services);
            assertEquals("io.usr1.agent.log.LineLogProvider",
                    new String(jar.getInputStream(jar.getEntry(services)).readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test void saysInItsManifestHowItIsStarted() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals("io.usr1.entry.Premain", manifest.getValue("Premain-Class"));
            assertEquals("io.usr1.entry.Launcher", manifest.getValue("Main-Class"));
            assertEquals("usr1-agent.jar", manifest.getValue("Boot-Class-Path"));
            assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
        }
    }

    @Test void leavesNothingOfOursToBeLinkedAsTheApplicationStarts() throws IOException {
        TreeSet<String> dynamic = new TreeSet<>();
        try (JarFile jar = new JarFile(JAR)) {
            for (String name : names()) {
                if (name.startsWith(HIDDEN + "io/usr1/") && name.endsWith(".class") && !name.contains("/shaded/")) {
                    new ClassReader(jar.getInputStream(jar.getEntry(name)).readAllBytes()).accept(new Dynamic(name, dynamic), ClassReader.SKIP_DEBUG);
                }
            }
        }
        assertEquals(new TreeSet<>(), dynamic);
    }

    @Test void bringsNoStepOfTheBuild() throws IOException {
        assertEquals(List.of(), names().stream().filter(name -> name.contains("io/usr1/build/")).toList());
    }

    @Test void carriesItsLicence() throws IOException {
        assertTrue(names().containsAll(List.of("META-INF/LICENSE", "META-INF/NOTICE")));
    }

    /** Notes a class that has an invokedynamic. */
    private static final class Dynamic extends ClassVisitor {

        private final String name;
        private final TreeSet<String> found;

        Dynamic(String name, TreeSet<String> found) {
            super(Opcodes.ASM9);
            this.name = name;
            this.found = found;
        }

        @Override public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    found.add(name);
                }
            };
        }
    }

    private static List<String> names() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            return jar.stream().map(entry -> entry.getName()).filter(name -> !name.endsWith("/")).collect(Collectors.toList());
        }
    }
}
