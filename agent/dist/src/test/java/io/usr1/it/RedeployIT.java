package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred deployments of a woven pool leave no loader, no gate and, in a metaspace too small for them, no class behind. */
class RedeployIT {

    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void leavesNothingBehind(Jdk jdk) throws IOException, InterruptedException {
        Forked forked = Forked.run(jdk, folder, "-XX:MaxMetaspaceSize=40m", "-javaagent:" + AgentJarIT.JAR, "-Dusr1.targets=" + TARGET,
                "-cp", System.getProperty("test.classes"), "org.example.Redeploys", System.getProperty("test.classes"));
        assertEquals(List.of("loaders=200 woven=true alive=0 gates=0"), forked.out(), forked::toString);
        assertEquals(List.of(), forked.err());
    }
}
