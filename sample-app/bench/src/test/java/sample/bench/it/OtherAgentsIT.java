package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other agents that change, load or add classes of the pool: the gate stays shut for good, and one sentence says why. */
class OtherAgentsIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void oneThatChangesAClassOfThePool(Jdk jdk) throws IOException, InterruptedException {
        Path other = TestAgent.build("ByteChangeAgent", folder);
        Ended ended = Faults.serve(Faults.command(jdk, folder).jvm("-javaagent:" + other).agent("bypass"));
        Faults.assertOneSentence(ended, "the gate is shut for good", "sample.proxy.IdleConns: found other bytes than those that were proved");
        assertShutForGood(ended);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void oneThatLoadsTheCarrierFirst(Jdk jdk) throws IOException, InterruptedException {
        Path other = TestAgent.build("EarlyAgent", folder);
        ProxyCommand command = Faults.command(jdk, folder).jvm("-javaagent:" + other + "=sample.proxy.Tasklet").agent("bypass");
        Faults.assertPlain(command, "refused, nothing is woven", "sample.proxy.Tasklet: found the class was loaded before the agent saw it");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void oneWithAClassThatWritesAGuardedField(Jdk jdk) throws IOException, InterruptedException {
        Path other = TestAgent.build("sample.proxy.IntruderAgent", folder, ProxyCommand.PROXY);
        Ended ended = Faults.serve(Faults.command(jdk, folder).agent("bypass").jvm("-javaagent:" + other));
        Faults.assertOneSentence(ended, "the gate is shut for good", "sample.proxy.IntruderAgent#meddle", "a write of arg0.context");
        assertShutForGood(ended);
    }

    private static void assertShutForGood(Ended ended) {
        assertEquals("shut", ended.target().path("state").asText());
        assertEquals(0, ended.bypassed(), "bypassed");
        assertEquals(ended.count("wakes"), ended.count("wakeLocks"), "every wake locks");
        assertEquals(ended.count("wakeLocks"), ended.sites("wake", "acquired"), "the woven wakes are counted all the same");
    }
}
