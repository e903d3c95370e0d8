package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.demo.Judge;

/** The integers of the agent's promise: in each mode, for each lock and reuse, on each JDK; all modes under one load side by side. */
class IdentitiesIT {

    private static final List<String> MODES = List.of("plain", "off", "observe", "audit", "bypass");
    private static final int ROUNDS = 2;
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 600;

    private record Arm(String mode, String reuse, RunningProxy proxy) {
    }

    @TempDir
    private Path folder;

    static Stream<Arguments> locks() {
        return Jdks.stream().flatMap(jdk -> Stream.of("reentrant", "synchronized", "spin").map(lock -> Arguments.of(jdk, lock)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("locks")
    void hold(Jdk jdk, String lock) throws IOException, InterruptedException {
        List<Arm> arms = new ArrayList<>();
        try {
            for (String reuse : List.of("always", "never")) {
                for (String mode : MODES) {
                    arms.add(new Arm(mode, reuse, start(jdk, lock, mode, reuse)));
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Arm arm : arms) {
                    arm.proxy().load(round, CLIENTS, REQUESTS);
                }
            }
            for (Arm arm : arms) {
                check(arm, arm.proxy().stop());
            }
        } finally {
            arms.forEach(arm -> arm.proxy().close());
        }
    }

    /** Fewer places at the origin than clients: what makes loops take over each other's connections. */
    private RunningProxy start(Jdk jdk, String lock, String mode, String reuse) throws IOException, InterruptedException {
        ProxyCommand command = new ProxyCommand(jdk, folder, mode + "-" + reuse).startsQuickly().jvm("-ea")
                .proxy("--loops", "3", "--maxconn", "4", "--lock", lock, "--reuse", reuse);
        return (mode.equals("plain") ? command : command.agent(mode)).start();
    }

    private static void check(Arm arm, Ended ended) {
        ended.assertServed();
        ended.assertSilent();
        assertEquals(List.of(), Judge.complaints(arm.mode(), ended.load(), ended.proxy(), ended.target()));
        assertEquals(ROUNDS * REQUESTS, ended.count("requests"), ended.name());
        if (arm.reuse().equals("always")) {
            assertTrue(ended.count("takeovers") > 0, ended.name() + ": nothing was taken over, so the flag was not tested");
        }
        boolean woven = !arm.mode().equals("plain") && !arm.mode().equals("off");
        assertEquals(woven, ended.target().isObject(), () -> ended.name() + ": the agent's report is " + ended.agent());
        if (woven) {
            ended.assertAgentAgrees();
        }
    }
}
