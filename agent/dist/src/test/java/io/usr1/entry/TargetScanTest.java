package io.usr1.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetScanTest {

    @TempDir private Path folder;

    @Test void findsEveryPackageThatATargetMayMean() throws IOException {
        Set<String> packages = scan("""
                target: mini
                package: "org.example.pool"   # its home
                carrier: { class: Tasklet }
                other: com.acme.Link
                field: com.acme.deep.Link.flag
                parameter: Pool#get(java.lang.Object)
                """);
        assertTrue(packages.containsAll(Set.of("org/example/pool", "com/acme", "com/acme/deep")), packages.toString());
        assertFalse(packages.contains("java/lang"), "a parameter's type is no reason to start");
        assertFalse(packages.contains(""), "a target with a package has nothing in the unnamed one");
    }

    @Test void aTargetWithoutAPackageMayMeanTheUnnamedOne() throws IOException {
        assertTrue(scan("carrier: { class: Tasklet }").contains(""));
    }

    @Test void takesThePackageOfAClass() {
        assertEquals("org/example", TargetScan.packageOf("org/example/Pool$Entry"));
        assertEquals("", TargetScan.packageOf("Pool"));
    }

    @Test void saysThatAFileIsMissing() {
        String message = problem(Path.of("nowhere.yaml"));
        assertTrue(message.startsWith("usr1.targets names 'nowhere.yaml', which cannot be read"), message);
    }

    @Test void saysThatAFileIsNoTarget() throws IOException {
        String message = problem(Files.writeString(folder.resolve("t.yaml"), "target: [x"));
        assertTrue(message.endsWith("which has no 'carrier:' or 'observe:'; expected a target file"), message);
    }

    /** A pipe would block the application and a dump fill its heap, so neither is opened. */
    @Test void readsOnlyFilesOfASensibleSize() throws IOException {
        Path large = Files.write(folder.resolve("large.yaml"), ("carrier:" + " ".repeat(1 << 20)).getBytes());
        assertEquals("usr1.targets names '" + large + "', which is larger than 1 MB; expected a target file", problem(large));
        assertEquals("usr1.targets names '" + folder + "', which is no regular file; expected a target file", problem(folder));
    }

    @Test void aBadFileDoesNotTakeAGoodOneAway() throws IOException {
        File good = Files.writeString(folder.resolve("good.yaml"), "package: org.example\ncarrier: { class: Tasklet }").toFile();
        TargetScan scan = TargetScan.of(List.of(new File("nowhere.yaml"), good, folder.toFile()));
        assertEquals(List.of(good), scan.files());
        assertTrue(scan.packages().contains("org/example"));
        assertEquals(2, scan.problems().size());
    }

    private static String problem(Path file) {
        TargetScan scan = TargetScan.of(List.of(file.toFile()));
        assertEquals(List.of(), scan.files());
        assertEquals(Set.of(), scan.packages());
        assertEquals(1, scan.problems().size());
        return scan.problems().get(0);
    }

    private Set<String> scan(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), yaml);
        return TargetScan.of(List.of(file.toFile())).packages();
    }
}
