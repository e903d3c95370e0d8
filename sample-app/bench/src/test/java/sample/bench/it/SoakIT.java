package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.bench.demo.Judge;

/**
 * Every pair of protocols for a while ({@code -Dsoak.seconds}, 5 by default), with fewer connections than loops want, so that they are
 * taken over all the time: every body is the one that was asked for, the counts agree, and in the end nothing is left open.
 */
class SoakIT {

    private static final int SECONDS = Integer.getInteger("soak.seconds", 5);
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 1_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    /** The JDKs and the locks take turns: all pairs of all of them would take longer and find no more. */
    @ParameterizedTest(name = "{0} to {1}, TLS {4}")
    @CsvSource({"h1, h1, reentrant, 4, false", "h1, h2, spin, 2, false", "h2, h1, synchronized, 4, false", "h2, h2, reentrant, 2, false",
        "h1, h1, spin, 4, true", "h2, h2, synchronized, 1, true"})
    void leavesNothingBehind(String front, String back, String lock, String maxconn, boolean tls) throws IOException, InterruptedException {
        List<Jdk> jdks = Jdks.stream().toList();
        Jdk jdk = jdks.get(front.equals(back) == tls ? jdks.size() - 1 : 0);
        ProxyCommand command = new ProxyCommand(jdk, folder, front + "-" + back + (tls ? "-tls" : "")).agent("bypass").jvm("-ea").proxy("--loops", "3", "--maxconn", maxconn,
                "--lock", lock, "--server-protocol", back, "--pool-purge-delay", "500");
        if (tls) {
            command.proxy("--server-ssl", "--server-ca-file", Certificate.authorities().toString(), "--crt", Certificate.keys().toString());
        }
        try (RunningProxy proxy = tls ? command.start(SharedOrigin.tlsAddress()) : command.start()) {
            proxy.awaitReady();
            proxy.counters(); // so that the connection for asking is there already
            long sockets = sockets(proxy);
            long start = System.nanoTime();
            for (int round = 0; System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS); round++) {
                load(proxy, round, front, tls);
            }
            awaitBaseline(proxy, sockets);
            check(proxy.stop(), tls);
        }
    }

    private static void load(RunningProxy proxy, int round, String front, boolean tls) throws IOException, InterruptedException {
        if (front.equals("h1")) {
            if (tls) {
                proxy.loadTls(round, CLIENTS, REQUESTS);
            } else {
                proxy.load(round, CLIENTS, REQUESTS);
            }
        } else if (tls) {
            proxy.loadTlsH2(round, CLIENTS, REQUESTS);
        } else {
            proxy.loadH2(round, CLIENTS, REQUESTS);
        }
    }

    private static void check(Ended ended, boolean tls) {
        ended.assertServed();
        ended.assertSilent();
        assertEquals(List.of(), Judge.complaints("bypass", ended.load(), ended.proxy(), ended.target()));
        ended.assertAgentAgrees();
        assertTrue(ended.count("takeovers") > 0, "nothing was taken over");
        assertEquals(tls, ended.count("tlsStaleWakes") > 0, "the TLS layer is taken over too, where there is one");
        assertEquals(ended.count("newConnections"), ended.count("closedConnections"));
        System.out.printf("soak: %s, %d s: %d requests, %d takeovers, %d errors, %d wrong bodies, %d retries%n", ended.name(), SECONDS,
                ended.load().requests(), ended.count("takeovers"), ended.load().errors(), ended.load().wrongBodies(), ended.count("retries"));
    }

    /** The purge closes what is idle; then there are no more sockets than before the first request. */
    private static void awaitBaseline(RunningProxy proxy, long sockets) throws IOException, InterruptedException {
        long start = System.nanoTime();
        JsonNode counters = proxy.counters();
        while (counters.get("idleConnections").asLong() > 0 || sockets(proxy) > sockets) {
            assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "left open: " + sockets(proxy) + " sockets, " + sockets + " before; " + counters);
            Thread.onSpinWait();
            counters = proxy.counters();
        }
    }

    private static long sockets(RunningProxy proxy) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + proxy.pid() + "/fd"))) {
            return open.filter(SoakIT::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
