package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.demo.Judge;

/**
 * {@link IdentitiesIT}'s integers for each layer by itself: TLS wakes have a handle, a flag and a count of their own.
 * {@code -Dtest.matrix=full} runs every pair of protocols with every reuse, 2, 4 and 8 loops, with and without TLS; otherwise each of
 * them comes up once, with TLS.
 */
class MatrixIT {

    private static final boolean FULL = "full".equals(System.getProperty("test.matrix"));
    private static final List<String> PROTOCOLS = List.of("h1", "h2");
    private static final List<String> REUSES = List.of("always", "never", "safe", "aggressive");
    private static final List<String> LOCKS = List.of("reentrant", "synchronized", "spin");
    private static final List<Integer> LOOPS = List.of(2, 4, 8);
    private static final int CLIENTS = 16;
    private static final int REQUESTS = 300;

    private record Arm(String mode, String reuse, RunningProxy proxy) {
    }

    @TempDir
    private Path folder;

    static Stream<Arguments> cells() {
        if (FULL) {
            return Jdks.stream().flatMap(jdk -> IntStream.range(0, 24).mapToObj(i -> Arguments.of(jdk, PROTOCOLS.get(i / 2 % 2), PROTOCOLS.get(i % 2),
                    i / 12 == 0, LOCKS.get(i % 3), LOOPS.get(i / 4 % 3), REUSES)));
        }
        return Jdks.stream().flatMap(jdk -> IntStream.range(0, 4).mapToObj(i -> Arguments.of(jdk, PROTOCOLS.get(i / 2), PROTOCOLS.get(i % 2),
                true, LOCKS.get(i % 3), LOOPS.get(i % 3), List.of("always", REUSES.get(1 + i % 3)))));
    }

    @ParameterizedTest(name = "{0} {1} to {2}, TLS {3}, {4}, {5} loops, {6}")
    @MethodSource("cells")
    void holdForEachLayer(Jdk jdk, String front, String back, boolean tls, String lock, int loops, List<String> reuses) throws IOException, InterruptedException {
        List<Arm> arms = new ArrayList<>();
        try {
            for (String reuse : reuses) {
                for (String mode : reuse.equals("always") ? List.of("plain", "audit", "bypass") : List.of("bypass")) {
                    ProxyCommand command = new ProxyCommand(jdk, folder, mode + "-" + reuse).startsQuickly().jvm("-ea")
                            .proxy("--loops", Integer.toString(loops), "--maxconn", back.equals("h1") ? "3" : "1", "--lock", lock, "--reuse", reuse,
                                    "--server-protocol", back);
                    if (tls) {
                        command.proxy("--server-ssl", "--server-ca-file", Certificate.authorities().toString(), "--crt", Certificate.keys().toString());
                    }
                    ProxyCommand woven = mode.equals("plain") ? command : command.agent(mode);
                    arms.add(new Arm(mode, reuse, tls ? woven.start(SharedOrigin.tlsAddress()) : woven.start()));
                }
            }
            for (Arm arm : arms) {
                load(arm.proxy(), front, tls);
            }
            for (Arm arm : arms) {
                check(arm, arm.proxy().stop(), tls);
            }
        } finally {
            arms.forEach(arm -> arm.proxy().close());
        }
    }

    private static void load(RunningProxy proxy, String front, boolean tls) throws IOException, InterruptedException {
        if (front.equals("h1")) {
            if (tls) {
                proxy.loadTls(0, CLIENTS, REQUESTS);
            } else {
                proxy.load(0, CLIENTS, REQUESTS);
            }
        } else if (tls) {
            proxy.loadTlsH2(0, CLIENTS, REQUESTS);
        } else {
            proxy.loadH2(0, CLIENTS, REQUESTS);
        }
    }

    private static void check(Arm arm, Ended ended, boolean tls) {
        ended.assertServed();
        ended.assertSilent();
        assertEquals(List.of(), Judge.complaints(arm.mode(), ended.load(), ended.proxy(), ended.target()));
        assertEquals(REQUESTS, ended.count("requests"), ended.name());
        if (arm.reuse().equals("always")) {
            assertTrue(ended.count("takeovers") > 0, ended.name() + ": nothing was taken over, so the flag was not tested");
        }
        assertTrue(ended.count("staleWakes") <= ended.count("takeovers"), ended.name() + ": a takeover leaves one handle of the mux behind");
        if (!arm.mode().equals("plain")) {
            ended.assertAgentAgrees();
        }
        if (tls) {
            checkTls(arm, ended);
        } else {
            assertEquals(0, ended.count("tlsWakes"), ended.name() + ": there is no such layer");
        }
    }

    private static void checkTls(Arm arm, Ended ended) {
        assertEquals(0, ended.count("failedHandshakes"), ended.name());
        assertTrue(ended.count("tlsFrontWakes") > 0 && ended.count("tlsWakes") > ended.count("tlsFrontWakes"), ended.name() + ": both sides speak TLS");
        assertEquals(ended.count("tlsWakeLocks"), ended.count("tlsStaleWakes") + ended.count("tlsIdleWakes") + ended.count("tlsOtherLockedWakes"),
                ended.name() + ": every locked wake is of one kind");
        assertTrue(ended.count("tlsStaleWakes") <= ended.count("takeovers"), ended.name() + ": a takeover leaves one handle of TLS behind");
        if (arm.mode().equals("bypass")) {
            assertTrue(ended.sites("wake-tls", "bypassed") > 0, ended.name() + ": nothing was bypassed in the TLS layer");
            assertEquals(0, ended.count("tlsFrontWakeLocks"), ended.name() + ": client connections are never listed, in either layer");
        } else {
            assertEquals(ended.count("tlsWakes"), ended.count("tlsWakeLocks"), ended.name() + ": all are locked");
        }
    }
}
