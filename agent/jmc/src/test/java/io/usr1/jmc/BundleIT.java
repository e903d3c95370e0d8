package io.usr1.jmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmc.flightrecorder.rules.IRule;

/** Opens the built jar: a bundle as Mission Control's window wants it, and a plain jar for its reports. */
class BundleIT {

    private static final String JAR = System.getProperty("test.jmc.jar");

    @Test void isABundle() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals("2", manifest.getValue("Bundle-ManifestVersion"));
            assertEquals("io.usr1.jmc;singleton:=true", manifest.getValue("Bundle-SymbolicName"));
            assertTrue(manifest.getValue("Bundle-Version").matches("\\d+\\.\\d+\\.\\d+"), manifest.getValue("Bundle-Version"));
            assertEquals("org.openjdk.jmc.common,org.openjdk.jmc.flightrecorder,org.openjdk.jmc.flightrecorder.rules", manifest.getValue("Require-Bundle"));
            String plugin = text(jar, "plugin.xml");
            assertTrue(plugin.contains("point=\"org.openjdk.jmc.flightrecorder.rules.ruleProvider\""), plugin);
            assertTrue(plugin.contains("<pages file=\"usr1-pages.xml\""), plugin);
            assertNotNull(jar.getEntry("usr1-pages.xml"));
            assertNotNull(jar.getEntry("META-INF/LICENSE"));
        }
    }

    @Test void namesItsRules() throws Exception {
        try (JarFile jar = new JarFile(JAR)) {
            List<String> named = text(jar, "META-INF/services/" + IRule.class.getName()).lines().toList();
            for (String name : named) {
                assertTrue(Class.forName(name).getConstructor().newInstance() instanceof IRule, name);
            }
            Set<String> there = jar.stream().map(entry -> entry.getName()).filter(name -> name.matches("io/usr1/jmc/[A-Za-z]+Rule\\.class"))
                    .map(name -> name.replace('/', '.').replace(".class", "")).filter(name -> !name.endsWith("FindingRule")).collect(Collectors.toSet());
            assertEquals(new TreeSet<>(there), new TreeSet<>(named));
        }
    }

    @Test void holdsNothingOfMissionControl() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            assertEquals(Set.of("io/usr1/findings", "io/usr1/jmc"), jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.lastIndexOf('/'))).collect(Collectors.toSet()));
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
