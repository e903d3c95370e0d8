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

/** {@link IdentitiesIT}'s integers for every pair of protocols that has HTTP/2 in it: a wake is a wake, whatever mux it is for. */
class ProtocolsIT {

    private static final List<String> ARMS = List.of("always plain", "always audit", "always bypass", "never plain", "never audit", "never bypass",
            "safe bypass", "aggressive bypass");
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 500;

    private record Arm(String mode, String reuse, RunningProxy proxy) {
    }

    @TempDir
    private Path folder;

    /** The lock changes with the pair: which of the three it is has nothing to do with the mux, and IdentitiesIT has them all. */
    static Stream<Arguments> pairs() {
        return Jdks.stream().flatMap(jdk -> Stream.of(
                Arguments.of(jdk, "h2", "h1", "reentrant"), Arguments.of(jdk, "h1", "h2", "synchronized"), Arguments.of(jdk, "h2", "h2", "spin")));
    }

    @ParameterizedTest(name = "{0} {1} to {2}, {3}")
    @MethodSource("pairs")
    void hold(Jdk jdk, String front, String back, String lock) throws IOException, InterruptedException {
        List<Arm> arms = new ArrayList<>();
        try {
            for (String arm : ARMS) {
                String reuse = arm.substring(0, arm.indexOf(' '));
                String mode = arm.substring(reuse.length() + 1);
                ProxyCommand command = new ProxyCommand(jdk, folder, mode + "-" + reuse).startsQuickly().jvm("-ea")
                        .proxy("--loops", "3", "--maxconn", maxconn(back), "--lock", lock, "--reuse", reuse, "--server-protocol", back);
                arms.add(new Arm(mode, reuse, (mode.equals("plain") ? command : command.agent(mode)).start()));
            }
            for (Arm arm : arms) {
                if (front.equals("h1")) {
                    arm.proxy().load(0, CLIENTS, REQUESTS);
                } else {
                    arm.proxy().loadH2(0, CLIENTS, REQUESTS);
                }
            }
            for (Arm arm : arms) {
                check(arm, arm.proxy().stop());
            }
        } finally {
            arms.forEach(arm -> arm.proxy().close());
        }
    }

    /** Fewer connections than loops: an HTTP/2 connection serves all of its loop's requests, so that every loop would have its own. */
    private static String maxconn(String back) {
        return back.equals("h1") ? "4" : "2";
    }

    private static void check(Arm arm, Ended ended) {
        ended.assertServed();
        ended.assertSilent();
        assertEquals(List.of(), Judge.complaints(arm.mode(), ended.load(), ended.proxy(), ended.target()));
        assertEquals(REQUESTS, ended.count("requests"), ended.name());
        if (arm.reuse().equals("always")) {
            assertTrue(ended.count("takeovers") > 0, ended.name() + ": nothing was taken over, so the flag was not tested");
        }
        if (!arm.mode().equals("plain")) {
            ended.assertAgentAgrees();
        }
    }
}
