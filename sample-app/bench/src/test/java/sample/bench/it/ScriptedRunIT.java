package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One loop, one client, one request after the other: nothing is left to scheduling, so the locks per request are whole numbers. */
class ScriptedRunIT {

    private static final int WARM = 20;
    private static final int REQUESTS = 100;

    /** Acquisitions per request. A request is two wakes: the client's request and the origin's answer. */
    private record Expected(String mode, String reuse, int wake, int get, int insert, int bypassed) {
        long total() {
            return wake + get + insert;
        }
    }

    private static final List<Expected> ARMS = List.of(
            new Expected("plain", "always", 2, 1, 1, 0),
            new Expected("bypass", "always", 0, 1, 1, 2),
            new Expected("plain", "never", 2, 0, 0, 0),
            new Expected("bypass", "never", 0, 0, 0, 2));

    @TempDir
    private Path folder;

    static Stream<Arguments> locks() {
        return IdentitiesIT.locks();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("locks")
    void takesFourLocksARequestPlainAndTwoBypassing(Jdk jdk, String lock) throws IOException, InterruptedException {
        List<RunningProxy> proxies = new ArrayList<>();
        try (SmallOrigin origin = new SmallOrigin()) {
            for (Expected arm : ARMS) {
                ProxyCommand command = new ProxyCommand(jdk, folder, arm.mode() + "-" + arm.reuse()).startsQuickly()
                        .proxy("--loops", "1", "--lock", lock, "--reuse", arm.reuse());
                proxies.add((arm.mode().equals("plain") ? command : command.agent(arm.mode())).start(origin.address()));
            }
            for (int i = 0; i < ARMS.size(); i++) {
                check(ARMS.get(i), proxies.get(i));
            }
        } finally {
            proxies.forEach(RunningProxy::close);
        }
    }

    private static void check(Expected arm, RunningProxy proxy) throws IOException, InterruptedException {
        JsonNode before;
        JsonNode after;
        try (Socket client = new Socket()) {
            client.connect(proxy.awaitReady());
            exchange(client, WARM);
            before = proxy.counters();
            exchange(client, REQUESTS);
            after = proxy.counters();
        }
        long wake = difference("wakeLocks", before, after);
        long get = difference("getLocks", before, after);
        long insert = difference("insertLocks", before, after);
        assertEquals(REQUESTS, difference("requests", before, after), arm.toString());
        assertEquals(2 * REQUESTS, difference("wakes", before, after), arm.toString());
        assertEquals(arm.wake() * REQUESTS, wake, arm + ": wake locks");
        assertEquals(arm.get() * REQUESTS, get, arm + ": get locks");
        assertEquals(arm.insert() * REQUESTS, insert, arm + ": insert locks");
        assertEquals(arm.total() * REQUESTS, wake + get + insert + difference("tryLocksWon", before, after)
                + difference("timerLocks", before, after), arm + ": all locks");
        Ended ended = proxy.stop();
        ended.assertSilent();
        if (arm.bypassed() > 0) {
            ended.assertAgentAgrees();
        }
    }

    private static void exchange(Socket client, int requests) throws IOException {
        for (int i = 0; i < requests; i++) {
            SmallOrigin.exchange(client);
        }
    }

    private static long difference(String counter, JsonNode before, JsonNode after) {
        return after.required(counter).asLong() - before.required(counter).asLong();
    }
}
