package sample.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.bench.stub.MiscountingStubProxy;
import sample.bench.stub.StubProxy;
import sample.bench.stub.SwappingStubProxy;

/** Runs the whole demo with stubs: a good one, and two that must turn it red. */
@Timeout(120)
class DemoTest {

    private static final String[] SMALL = {"--rounds", "2", "--requests", "150", "--reuse", "always"};

    @TempDir
    private Path directory;

    @Test
    void anHonestProxyIsGreenAndLeavesItsFiles() throws Exception {
        try (DemoProcess demo = DemoProcess.start(directory, StubProxy.class, SMALL)) {
            String output = demo.rest();
            assertEquals(0, demo.process().waitFor(), output);
            assertTrue(output.contains("JDK " + Runtime.version().feature() + ", reentrant, always"), output);
            assertTrue(output.contains("jmc -open"), output);
            Summary summary = Summary.read(demo.out().resolve("summary.json"));
            assertEquals(List.of("plain", "observe", "bypass"), summary.arms().stream().map(ArmResult::name).toList());
            assertEquals(List.of(300L, 300L, 300L), summary.arms().stream().map(ArmResult::requests).toList());
            assertTrue(Stream.of("bypass.jfr", "observe.jfr", "contention/observe.jfr").allMatch(name -> hasBytes(demo.out().resolve(name))), output);
        }
    }

    @Test
    void swappedAnswersAreRed() throws Exception {
        try (DemoProcess demo = DemoProcess.start(directory, SwappingStubProxy.class, SMALL)) {
            String output = demo.rest();
            assertEquals(1, demo.process().waitFor(), output);
            assertTrue(output.contains("RED  wrongBodies == 0"), output);
            assertTrue(output.contains("expected X-Token"), output);
        }
    }

    @Test
    void aWrongCounterIsRed() throws Exception {
        try (DemoProcess demo = DemoProcess.start(directory, MiscountingStubProxy.class, SMALL)) {
            String output = demo.rest();
            assertEquals(1, demo.process().waitFor(), output);
            assertTrue(output.contains("ok   wrongBodies == 0"), output);
            assertTrue(output.contains("RED  wakeLocks == wakes"), output);
            assertTrue(output.contains("plain/reentrant/always on JDK " + Runtime.version().feature()
                    + ": wakeLocks == wakes does not hold: 600 against 601."), output);
        }
    }

    @Test
    void aMissingJarIsOneSentenceAndExitCodeTwo() throws Exception {
        try (DemoProcess demo = DemoProcess.start(directory, StubProxy.class, "--agent", "no-such.jar")) {
            String output = demo.rest();
            assertEquals(2, demo.process().waitFor(), output);
            assertEquals(1, output.lines().count(), output);
            assertTrue(output.startsWith("demo: --agent: there is no file no-such.jar; build it with"), output);
        }
    }

    private static boolean hasBytes(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
