package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Locks a request, without and with the agent, for the rows of HAProxy's own table: every row comes out as HAProxy's commit makes it.
 * With {@code -Dlocks.figures=FILE} the counts are kept there, for docs/lineage.md.
 */
class LocksIT {

    private static final int LOOPS = 4;
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 1_500;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** HAProxy's counts: 4 threads, one 2 s run, 400 clients; h2load with one stream a connection. */
    private record Row(String front, String back, String reuse, double haproxyBefore, double haproxyAfter) {

        private String way() {
            return switch (front) {
                case "close" -> "h1, Connection: close, to " + back;
                default -> front + " to " + back;
            };
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("h1", "h1", "never", 2.14, 0.05), new Row("h1", "h1", "aggressive", 4.10, 1.98), new Row("h1", "h1", "always", 4.22, 2.00),
            new Row("close", "h1", "aggressive", 5.38, 1.00), new Row("close", "h1", "always", 5.04, 2.27),
            new Row("h2", "h1", "never", 4.15, 0.06), new Row("h2", "h1", "always", 6.36, 2.09),
            new Row("h1", "h2", "never", 4.30, 0.04), new Row("h1", "h2", "always", 1.42, 0.05), new Row("h2", "h2", "always", 3.56, 0.13));

    @TempDir
    private Path folder;

    @Test
    void comeOutAsHaproxys() throws IOException, InterruptedException {
        Jdk jdk = Jdks.stream().reduce((first, last) -> last).orElseThrow();
        ObjectNode figures = JSON.createObjectNode().put("loops", LOOPS);
        ArrayNode rows = figures.putArray("rows");
        for (Row row : ROWS) {
            try (RunningProxy plain = command(jdk, row, "plain").start(); RunningProxy bypass = command(jdk, row, "bypass").agent("bypass").start()) {
                Ended before = load(plain, row).stop();
                Ended after = load(bypass, row).stop();
                check(row, before, after);
                rows.addObject().put("way", row.way()).put("reuse", row.reuse()).put("haproxyBefore", row.haproxyBefore())
                        .put("haproxyAfter", row.haproxyAfter()).<ObjectNode>set("plain", counts(before)).set("bypass", counts(after));
            }
        }
        if (System.getProperty("locks.figures") != null) {
            Files.writeString(Path.of(System.getProperty("locks.figures")), figures.toPrettyString() + "\n");
        }
    }

    private ProxyCommand command(Jdk jdk, Row row, String name) {
        return new ProxyCommand(jdk, folder, row.way().replaceAll("\\W+", "-") + "-" + row.reuse() + "-" + name).startsQuickly()
                .proxy("--loops", Integer.toString(LOOPS), "--reuse", row.reuse(), "--server-protocol", row.back());
    }

    private static RunningProxy load(RunningProxy proxy, Row row) throws IOException, InterruptedException {
        return switch (row.front()) {
            case "h1" -> proxy.load(0, CLIENTS, REQUESTS);
            case "close" -> proxy.loadClosing(0, CLIENTS, REQUESTS);
            default -> proxy.loadH2Serially(0, CLIENTS, REQUESTS);
        };
    }

    private static ObjectNode counts(Ended ended) {
        return JSON.createObjectNode().put("requests", ended.count("requests")).put("wake", ended.count("wakeLocks"))
                .put("get", ended.count("getLocks")).put("insert", ended.count("insertLocks"))
                .put("other", ended.count("tryLocksWon") + ended.count("timerLocks")).put("takeovers", ended.count("takeovers"));
    }

    /** What HAProxy's counts show, as relations that hold exactly. */
    private static void check(Row row, Ended before, Ended after) {
        before.assertServed();
        after.assertServed();
        after.assertAgentAgrees();
        assertEquals(before.count("wakes"), before.count("wakeLocks"), row + ": before, every wake locks");
        assertEquals(0, after.count("frontWakeLocks"), row + ": no client connection's wake locks");
        assertEquals(after.count("staleWakes") + after.count("idleWakes"), after.count("wakeLocks") - after.count("otherLockedWakes"), row.toString());
        assertTrue(after.count("staleWakes") <= after.count("takeovers"), row + ": one stale wake a takeover");
        if (row.reuse().equals("never")) {
            assertEquals(0, after.count("wakeLocks"), row + ": private connections are in no list");
        } else if (row.back().equals("h1")) {
            assertEquals(0, after.count("otherLockedWakes"), row + ": only what is idle or was taken over locks");
        }
    }
}
