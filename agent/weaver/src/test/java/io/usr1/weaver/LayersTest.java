package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool whose connections have two layers, as HAProxy's have: each bypasses by its own flag. True: one carrier class for both. */
class LayersTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 60_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theUnchangedPoolIsProved(boolean shared) {
        assertEquals(List.of(), LayeredPool.sentences(LayeredPool.prove(shared, "", "")));
        Plan plan = (Plan) LayeredPool.prove(shared, "", "");
        assertEquals(List.of("That insert, attach and wake of a connection run on the thread that owns it is taken from the target; audit looks at it."), plan.notes());
    }

    /** All that can fail comes first, so it is made before it is known to be needed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTakeoverThatLooksForTheLayerTwiceIsProved(boolean shared) {
        String tasklet = shared ? "Tasklet" : "TlsTasklet";
        assertEquals(List.of(), LayeredPool.sentences(LayeredPool.prove(shared, ("        unlink(connection);\n        TlsLayer tls = connection.tls;\n        if (tls != null) {\n"
                + "            TlsTasklet oldTls = tls.tasklet;\n            tls.tasklet = new TlsTasklet(thief, tls);\n").replace("TlsTasklet", tasklet),
                ("        TlsLayer tls = connection.tls;\n        TlsTasklet oldTls = tls == null ? null : tls.tasklet;\n"
                + "        TlsTasklet freshTls = tls == null ? null : new TlsTasklet(thief, tls);\n        unlink(connection);\n        if (tls != null) {\n"
                + "            tls.tasklet = freshTls;\n").replace("TlsTasklet", tasklet))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void severalThreadsUnderAuditFindNothing(boolean shared) throws Exception {
        LayeredPool pool = new LayeredPool(shared, Mode.AUDIT, THREADS, ROUNDS);
        pool.call("run");
        assertEquals(0, pool.gate.violations());
        assertEquals(0L, pool.<Long>call("meetings"));
        assertTrue(pool.site("wake").needlessCount() > 0 && pool.site("wake-tls").needlessCount() > 0, "a bypass would have saved locks on each layer");
        assertRest(pool);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachLayerBypasses(boolean shared) throws Exception {
        LayeredPool pool = new LayeredPool(shared, Mode.BYPASS, THREADS, ROUNDS);
        pool.call("run");
        assertEquals(0L, pool.<Long>call("meetings"), "two threads worked on one connection");
        assertEquals("open", pool.gate.state(), () -> pool.gate.shutReason());
        assertTrue(pool.site("wake").bypassedCount() > 0);
        assertTrue(pool.site("wake-tls").bypassedCount() > 0);
        assertRest(pool);
    }

    /** At rest: each layer's wakes add up, what is in use is clear on every layer, and what is listed is set. */
    private static void assertRest(LayeredPool pool) throws Exception {
        Site mux = pool.site("wake");
        Site tls = pool.site("wake-tls");
        assertEquals(pool.<Long>call("woken"), mux.bypassedCount() + mux.acquiredCount());
        assertEquals(pool.<Long>call("wokenTls"), tls.bypassedCount() + tls.acquiredCount());
        for (boolean secure : new boolean[] {false, true}) {
            List<Object> listed = pool.carriers("listed", secure);
            List<Object> attached = pool.carriers("attached", secure);
            assertTrue(listed.size() + attached.size() > 0);
            listed.forEach(carrier -> assertEquals(Flag.SET, ((Carrier) carrier).usr1$flag()));
            attached.forEach(carrier -> assertEquals(Flag.CLEAR, ((Carrier) carrier).usr1$flag()));
        }
    }
}
