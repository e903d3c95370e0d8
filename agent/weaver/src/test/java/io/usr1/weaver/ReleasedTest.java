package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.usr1.testing.Jdks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kotlin's inlined {@code withLock} and Scala's {@code synchronized}, as released libraries have them: woven and verified, or refused. */
class ReleasedTest {

    /** A class, and its lock. */
    private static final List<String> CLASSES = List.of(
            "okio.FileHandle", "{ kind: reentrant, field: okio.FileHandle.lock }",
            "okio.Pipe", "{ kind: reentrant, field: okio.Pipe.lock }",
            "okio.Throttler", "{ kind: reentrant, field: okio.Throttler.lock }",
            "com.twitter.concurrent.AsyncQueue", "{ kind: monitor, object: com.twitter.concurrent.AsyncQueue }",
            "com.twitter.concurrent.Tx$Party$1", "{ kind: monitor, field: com.twitter.concurrent.Tx$Party$1.lock$1 }",
            "com.twitter.io.Pipe", "{ kind: monitor, object: com.twitter.io.Pipe }",
            "okio.FileHandle$FileHandleSink", "{ kind: reentrant, object: java.util.concurrent.locks.ReentrantLock }",
            "okio.AsyncTimeout$Watchdog", "{ kind: reentrant, object: java.util.concurrent.locks.ReentrantLock }",
            "okio.AsyncTimeout$Companion", "{ kind: reentrant, object: java.util.concurrent.locks.ReentrantLock }",
            "com.twitter.concurrent.LocalScheduler", "{ kind: monitor, field: com.twitter.concurrent.LocalScheduler.activations }",
            "com.twitter.util.Event$$anon$4", "{ kind: monitor, object: com.twitter.util.Event$$anon$4 }");

    /** Scala keeps the captured variable in a box: each read may yield another object. */
    private static final String SEVERAL = "| com.twitter.util.Event$$anon$4#$anonfun$register$5(Lcom/twitter/util/Event$$anon$4;Lscala/runtime/VolatileObjectRef;"
            + "Lcom/twitter/util/Witness;Ljava/lang/Object;)V | refused: [a lock operation on one of several objects, "
            + "a release that can be reached without holding the lock, no place where lock 'it' (an object of com.twitter.util.Event$$anon$4) is taken] |";

    static Stream<Jdks.Jdk> jdks() {
        return Jdks.stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void locksOfOtherCompilersAreFollowed(Jdks.Jdk java) throws Exception {
        Path log = Files.createTempFile("released", ".log");
        try {
            List<String> command = new ArrayList<>(List.of(java.java(), "-Xverify:all", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path"), ReleasedMain.class.getName()));
            command.addAll(CLASSES);
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            List<String> lines = Files.readAllLines(log);
            assertTrue(ended && lines.contains("end"), () -> String.join("\n", lines));
            List<String> rows = lines.stream().filter(line -> line.startsWith("| ")).sorted().toList();
            System.out.println("Run on " + java + "\n" + String.join("\n", rows));
            assertEquals(List.of(SEVERAL), rows.stream().filter(row -> !row.endsWith("| woven |")).toList());
            assertEquals(Set.of("okio.FileHandle", "okio.Pipe", "okio.Throttler", "okio.FileHandle$FileHandleSink", "okio.AsyncTimeout$Watchdog",
                    "okio.AsyncTimeout$Companion", "com.twitter.concurrent.AsyncQueue", "com.twitter.concurrent.Tx$Party$1", "com.twitter.io.Pipe",
                    "com.twitter.concurrent.LocalScheduler"), rows.stream().filter(row -> row.endsWith("| woven |"))
                    .map(row -> row.substring(2, row.indexOf('#'))).collect(Collectors.toSet()));
        } finally {
            Files.delete(log);
        }
    }
}
