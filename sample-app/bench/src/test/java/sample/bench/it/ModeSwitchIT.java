package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mode is switched a hundred times while connections come, go and are taken over: no count is lost and no flag goes stale. */
class ModeSwitchIT {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void loadSurvivesAHundredSwitches(Jdk jdk) throws IOException, InterruptedException {
        Path driver = TestAgent.build("ModeSwitchAgent", folder, ProxyCommand.AGENT);
        try (UnderLoad load = new UnderLoad(jdk, folder, driver)) {
            load.untilDone();
            for (Ended ended : load.end()) {
                ended.assertServed();
                ended.assertSilent();
                ended.assertAgentAgrees();
                assertTrue(ended.bypassed() > 0, ended.name() + ": bypassed");
                assertTrue(ended.count("otherLockedWakes") > 0, ended.name() + ": locked, too");
                assertTrue(ended.count("takeovers") > 0, ended.name() + ": takeovers");
                assertEquals("audit", ended.target().path("mode").asText(), ended.name());
                assertEquals(0, ended.target().path("violations").asLong(-1), ended.name() + ": violations");
            }
        }
    }
}
