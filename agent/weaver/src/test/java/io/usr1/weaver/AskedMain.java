package io.usr1.weaver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.usr1.runtime.Mode;

/** Run in a forked JVM: weaves each pool from class files in a folder and compares it with the original, then lets threads at it. */
final class AskedMain {

    private AskedMain() {
    }

    public static void main(String[] args) throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("asked.")).toList()) {
                classes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        for (String name : AskedPool.NAMES) {
            AskedPool bypassing = new AskedPool(classes, name, Mode.BYPASS);
            boolean same = AskedPool.run(AskedPool.shape(classes, name), 1, 2000).equals(AskedPool.run(bypassing.shape(), 1, 2000));
            AskedPool.stress(bypassing.shape(), 4, 10_000);
            AskedPool audited = new AskedPool(classes, name, Mode.AUDIT);
            AskedPool.stress(audited.shape(), 4, 10_000);
            System.out.println(name + " same " + same + ", " + bypassing.gate.state() + ", bypassed " + (bypassing.bypassed() > 0)
                    + ", violations " + audited.gate.violations());
        }
    }
}
