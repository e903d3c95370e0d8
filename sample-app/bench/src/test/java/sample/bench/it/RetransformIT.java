package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.demo.Judge;

/** Another agent asks again and again for the classes to be transformed anew: the weave is the same and bypassing goes on. */
class RetransformIT {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void theWeaveIsRepeatedByteForByte(Jdk jdk) throws IOException, InterruptedException {
        Path driver = TestAgent.build("RetransformAgent", folder, ProxyCommand.AGENT);
        try (UnderLoad load = new UnderLoad(jdk, folder, driver)) {
            load.untilDone();
            for (Ended ended : load.end()) {
                ended.assertServed();
                ended.assertSilent();
                ended.assertAgentAgrees();
                assertTrue(ended.count("takeovers") > 0, ended.name() + ": takeovers");
                assertEquals(List.of(), Judge.complaints("bypass", ended.load(), ended.proxy(), ended.target()));
            }
        }
    }
}
