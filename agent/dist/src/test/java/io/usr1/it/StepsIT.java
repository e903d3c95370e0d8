package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step of the agent fails in a JVM of its own: the application does what it does without the agent, and one sentence says why. */
class StepsIT {

    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();
    private static final int LOOKS = 3000;

    @TempDir private Path folder;

    /** The method that fails, how, whether the pool is bypassed all the same, and what is said. */
    static Stream<Arguments> steps() {
        List<Arguments> steps = List.of(
                step("io/usr1/entry/BootPath.appended", IOException.class, false, "the agent could not start (java.io.IOException: "),
                step("io/usr1/entry/TargetScan.of", IllegalStateException.class, false, "the agent could not start ("),
                step("io/usr1/target/TargetFile.read", IllegalStateException.class, false, "the agent could not start ("),
                step("io/usr1/agent/Core.start", OutOfMemoryError.class, false, "the agent could not start ("),
                step("io/usr1/weaver/Prover.prove", NoClassDefFoundError.class, false, "target pool in loader app: refused, nothing is woven: "),
                step("io/usr1/weaver/weave/CarrierWriter.weave", IllegalStateException.class, false, "the gate is shut for good: "),
                step("io/usr1/weaver/weave/RegionWriter.weave", IllegalStateException.class, false, "the gate is shut for good: "),
                step("io/usr1/weaver/weave/TimedBody.weave", IllegalStateException.class, false, "the gate is shut for good: "),
                step("io/usr1/weaver/weave/ClassWeaver.weave", OutOfMemoryError.class, false, "the gate is shut for good: "),
                step("io/usr1/weaver/code/Verification.of", IllegalStateException.class, false, "the gate is shut for good: "),
                // Does not fail but errs: woven code that the JVM would refuse, a VerifyError in the application.
                step("io/usr1/weaver/weave/Frames.extend", null, false, ": found woven code that the JVM would not verify: "),
                step("io/usr1/events/LockOwners.open", IllegalStateException.class, true, "Events are off, because they could not be set up: "),
                step("io/usr1/events/Chunks.register", NoClassDefFoundError.class, true, "Events are off, because they could not be registered: "),
                step("io/usr1/events/JfrSink.wantsAcquisitions", IllegalStateException.class, true, "Lock timing was switched off, because recording it failed: "),
                step("io/usr1/agent/control/ControlBeans.look", IllegalStateException.class, true, "The MBeans are not kept up to date, because JMX failed with "));
        return Jdks.stream().flatMap(jdk -> steps.stream().map(step -> Arguments.of(jdk, step.get()[0], step.get()[1], step.get()[2], step.get()[3])));
    }

    private static Arguments step(String method, Class<? extends Throwable> fault, boolean bypasses, String sentence) {
        return Arguments.of(method, fault, bypasses, sentence);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("steps")
    void theApplicationRunsOn(Jdk jdk, String method, Class<? extends Throwable> fault, boolean bypasses, String sentence) throws IOException, InterruptedException {
        Path jar = Doctored.jar(folder, method, fault);
        Path jfr = folder.resolve("r.jfr");
        String recording = method.startsWith("io/usr1/events/") ? "-XX:StartFlightRecording:filename=" + jfr : "-XX:+UseSerialGC";
        try (Driven jvm = new Driven(jdk, folder, "-javaagent:" + jar + "=counters=exact,targets=" + TARGET, recording, "-Xlog:jfr*=off")) {
            assertTrue(jvm.say("use").startsWith("handled=201 "));
            if (bypasses) {
                String seen = jvm.seen(state -> state.contains("open"));
                assertTrue(seen.contains("open"), seen);
            }
            String use = jvm.say("use");
            assertEquals(bypasses ? "handled=201 woken=1" : "handled=201 woken=101", use);
            for (int i = 0; i < LOOKS && jvm.errors().isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertEquals(1, jvm.errors().size(), () -> method + ": " + errors(jvm));
            assertTrue(jvm.errors().get(0).contains(sentence) && (fault == null || jvm.errors().get(0).contains(Doctored.SAYS)), () -> errors(jvm));
        }
        Files.deleteIfExists(jfr);
    }

    private static String errors(Driven jvm) {
        try {
            return String.join("\n", jvm.errors());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
