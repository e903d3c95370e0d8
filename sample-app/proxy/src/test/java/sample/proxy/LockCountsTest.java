package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request costs in wakes and locks: exactly, for these are counts and not times. */
class LockCountsTest {
    private static final List<String> COSTS = List.of("wakes", "frontWakes", "wakeLocks", "frontWakeLocks", "getLocks", "lookups",
            "insertLocks", "insertsOffered", "tryLocksWon", "tryLocksLost", "timerLocks", "staleWakes", "idleWakes");

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void aRequestOnASharedConnectionCostsTwoWakesAGetAndAnInsert(LockKind lock) throws Exception {
        assertEquals(List.of(2L, 1L, 2L, 1L, 1L, 1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L), costs(lock, Reuse.ALWAYS, 1));
    }

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void aRequestOnAPrivateConnectionCostsTwoWakes(LockKind lock) throws Exception {
        assertEquals(List.of(2L, 1L, 2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), costs(lock, Reuse.NEVER, 1));
    }

    @Test
    void otherLoopsWithNothingToGiveCostNothing() throws Exception {
        assertEquals(List.of(2L, 1L, 2L, 1L, 1L, 1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L), costs(LockKind.REENTRANT, Reuse.ALWAYS, 4));
    }

    /** The costs of 100 requests, divided by 100 if they come out even. */
    private static List<Long> costs(LockKind lock, Reuse reuse, int loops) throws Exception {
        try (TestOrigin origin = TestOrigin.echo();
                TestProxy proxy = TestProxy.to(origin).lock(lock).reuse(reuse).loops(loops).start();
                TestClient client = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                client.get("/warm");
            }
            CounterReport before = proxy.proxy.counters();
            for (int i = 0; i < 100; i++) {
                client.get("/" + i);
            }
            CounterReport after = proxy.proxy.counters();
            return COSTS.stream().map(name -> {
                long cost = after.get(name) - before.get(name);
                return cost % 100 == 0 ? cost / 100 : -cost;
            }).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("arms")
    void everyLockIsAccountedFor(LockKind lock, Reuse reuse, int loops) throws Exception {
        TestProxy kept;
        try (TestOrigin origin = TestOrigin.echo();
                TestProxy proxy = TestProxy.to(origin).lock(lock).reuse(reuse).loops(loops).maxconn(2).start()) {
            kept = proxy;
            load(proxy, 8, 25);
            TestProxy.await("all slots are free", () -> proxy.proxy.slotsTaken() == 0);
            assertBalanced(proxy.proxy.counters(), 200);
        }
        CounterReport last = kept.proxy.counters(); // after the stop
        assertBalanced(last, 200);
        assertEquals(0, last.get("idleConnections"));
        assertEquals(last.get("newConnections"), last.get("closedConnections"));
    }

    static Stream<Arguments> arms() {
        return Stream.of(LockKind.values()).flatMap(lock -> Stream.of(Reuse.values())
                .flatMap(reuse -> Stream.of(1, 2, 4, 8).map(loops -> Arguments.of(lock, reuse, loops))));
    }

    private static void load(TestProxy proxy, int clients, int requests) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Void>> done = pool.invokeAll(java.util.Collections.nCopies(clients, (Callable<Void>) () -> {
                try (TestClient client = proxy.client()) {
                    for (int i = 0; i < requests; i++) {
                        assertEquals("/" + i, client.get("/" + i).text());
                    }
                }
                return null;
            }));
            for (Future<Void> one : done) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    static void assertBalanced(CounterReport counters, long requests) {
        assertEquals(requests, counters.get("requests"));
        assertEquals(requests, counters.get("responses") + counters.get("errors"));
        assertEquals(counters.get("wakes"), counters.get("wakeLocks"));
        assertEquals(counters.get("frontWakes"), counters.get("frontWakeLocks"));
        assertEquals(counters.get("wakeLocks"),
                counters.get("staleWakes") + counters.get("idleWakes") + counters.get("otherLockedWakes"));
        assertEquals(counters.get("lookups"), counters.get("getLocks"));
        assertEquals(counters.get("insertsOffered"), counters.get("insertLocks"));
        assertEquals(counters.get("tryLocksWon"),
                counters.get("takeovers") + counters.get("emptyScans") + counters.get("probeRefusals"));
        assertEquals(0, counters.get("loopFailures"));
        assertTrue(counters.get("frontWakes") < counters.get("wakes"));
    }
}
