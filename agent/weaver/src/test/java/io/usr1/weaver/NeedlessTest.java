package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Mode;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** At rest what an observed pool calls needless is what the same pool, doing the same, bypasses: of every kind of bypass, at every site. */
class NeedlessTest {

    private static final int OPERATIONS = 2000;
    private static final UnaryOperator<String> LISTED = text -> text + "\nlisted: { field: Resource.idle, is: 'true' }\n";

    private static Fixture asked;

    @BeforeAll static void compile() throws Exception {
        asked = Fixture.compile("asked", source -> source);
    }

    static List<String> pools() {
        return AskedPool.NAMES;
    }

    @ParameterizedTest
    @MethodSource("pools")
    void ofAnswersAndCalls(String name) throws Exception {
        Gate observed = asked(name, Mode.OBSERVE);
        Gate audited = asked(name, Mode.AUDIT);
        Gate bypassing = asked(name, Mode.BYPASS);
        assertSame(observed, bypassing);
        assertSame(audited, bypassing);
    }

    /** There a clear flag alone is not enough: another thread may own the connection. */
    @ParameterizedTest
    @ValueSource(strings = {MovingPool.MOVES, MovingPool.ASKS})
    void ofAWakeThatAsksForTheOwner(String ownership) throws Exception {
        MovingPool observed = new MovingPool(ownership, Mode.OBSERVE);
        MovingPool bypassing = new MovingPool(ownership, Mode.BYPASS);
        play(observed::call);
        play(bypassing::call);
        assertSame(observed.gate, bypassing.gate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void ofAWake(String kind) throws Exception {
        Fixture fixture = Fixture.compile("pool", source -> source);
        WovenPool observed = new WovenPool(fixture, kind, Mode.OBSERVE);
        WovenPool bypassing = new WovenPool(fixture, kind, Mode.BYPASS);
        for (WovenPool pool : List.of(observed, bypassing)) {
            Random random = new Random(1);
            for (int i = 0; i < OPERATIONS; i++) {
                int what = random.nextInt(8);
                if (what < 6) {
                    pool.call("wake");
                } else if (what == 6) {
                    pool.call("insert");
                } else if (pool.<Boolean>call("get")) {
                    pool.call("attach");
                }
            }
        }
        assertSame(observed.gate, bypassing.gate);
    }

    /** A call that is not made rests on the connection not being listed; audit sees that where the lock is held. */
    @Test void auditLooksBeforeACallThatIsNotMade() throws Exception {
        assertEquals(1, violations(status(source -> source.replace("private String checked", "private synchronized String checked"))));
        assertEquals(0, violations(status(source -> source)), "without the lock what is seen may be another thread's doing");
    }

    private static Fixture status(UnaryOperator<String> change) throws Exception {
        return Fixture.compile("asked", source -> change.apply(source.replace("class Resource {", "class Resource {\n    boolean idle;")));
    }

    private static long violations(Fixture fixture) throws Exception {
        AskedPool pool = new AskedPool(fixture.classes(), "status", Mode.AUDIT, LISTED);
        Field all = pool.shape().getClass().getDeclaredField("resources");
        all.setAccessible(true);
        Object first = ((Object[]) all.get(pool.shape()))[0];
        assertEquals(Flag.CLEAR, ((Carrier) first).usr1$flag());
        var ask = pool.shape().getClass().getMethod("ask", int.class);
        ask.setAccessible(true);
        ask.invoke(pool.shape(), 0);
        assertEquals(0, pool.gate.violations());
        Field idle = first.getClass().getDeclaredField("idle");
        idle.setAccessible(true);
        idle.set(first, true);
        ask.invoke(pool.shape(), 0);
        return pool.gate.violations();
    }

    private static Gate asked(String name, Mode mode) throws Exception {
        AskedPool pool = new AskedPool(asked.classes(), name, mode);
        AskedPool.run(pool.shape(), 7, OPERATIONS);
        return pool.gate;
    }

    /** Wakes by the owner and by another thread, takeovers by both. */
    private static void play(Consumer<String> pool) throws InterruptedException {
        Random random = new Random(3);
        for (int i = 0; i < 600; i++) {
            String what = List.of("wake", "wake", "wake", "insert", "take").get(random.nextInt(5));
            if (random.nextInt(3) == 0) {
                Thread other = new Thread(() -> pool.accept(what), "other");
                other.start();
                other.join();
            } else {
                pool.accept(what);
            }
        }
    }

    private static void assertSame(Gate observed, Gate bypassing) {
        assertEquals("open", bypassing.state(), String.valueOf(bypassing.shutReason()));
        long saved = 0;
        for (int i = 0; i < bypassing.sites().size(); i++) {
            String site = bypassing.sites().get(i).method();
            assertEquals(bypassing.sites().get(i).bypassedCount(), observed.sites().get(i).needlessCount(), "needless at " + site);
            assertEquals(bypassing.sites().get(i).guardedCount(), observed.sites().get(i).guardedCount(), "guarded at " + site);
            assertEquals(0, bypassing.sites().get(i).needlessCount(), "needless with an open gate at " + site);
            assertEquals(0, observed.sites().get(i).bypassedCount(), site);
            saved += observed.sites().get(i).needlessCount();
        }
        assertTrue(saved > 20, "only " + saved);
        assertTrue(bypassing.sites().stream().mapToLong(site -> site.guardedCount()).sum() > 0, "no site was ever guarded");
    }
}
