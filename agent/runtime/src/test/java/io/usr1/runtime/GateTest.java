package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GateTest {

    private final FakeCarrier clear = new FakeCarrier(Flag.CLEAR);

    @Test void opensOnlyWhenCarrierAndBypassReportThatTheyRunWoven() {
        Gate gate = new Gate(1, "mini", "app", Mode.BYPASS);
        assertEquals("waiting", gate.state());
        gate.carrierWoven();
        assertFalse(gate.passes(clear), "the bypass class has not reported");
        gate.bypassWoven();
        assertTrue(gate.passes(clear));
        assertEquals("open", gate.state());
    }

    @Test void waitsWhileItIsHeld() {
        Gate gate = open();
        gate.hold();
        assertFalse(gate.passes(clear), "a class may have been missed");
        assertEquals("waiting", gate.state());
        gate.release();
        assertTrue(gate.passes(clear));
    }

    @Test void sitesAreFoundByNumbers() {
        Gate gate = Gates.create("mini", "app", Mode.OBSERVE);
        Site first = gate.site("get", "Pool#get");
        Site second = gate.site("insert", "Pool#insert");
        assertSame(first, Gates.site(gate.number(), 0));
        assertSame(second, Gates.site(gate.number(), 1));
        assertEquals("unknown", Gates.site(gate.number(), 2).role(), "harmless in a method that outlives its weave");
        Gates.drop(gate);
    }

    @Test void passesNothingButAClearCarrier() {
        Gate gate = open();
        assertTrue(gate.passes(clear));
        assertFalse(gate.passes(new FakeCarrier(Flag.UNKNOWN)));
        assertFalse(gate.passes(new FakeCarrier(Flag.SET)));
        assertFalse(gate.passes(null));
        assertFalse(gate.passes("a foreign object"));
    }

    @Test void followsTheModeBothWays() {
        Gate gate = open();
        for (Mode mode : new Mode[] {Mode.OFF, Mode.OBSERVE, Mode.AUDIT}) {
            gate.mode(mode);
            assertFalse(gate.passes(clear), mode.toString());
            assertEquals(mode == Mode.AUDIT, gate.auditing());
            assertEquals(mode != Mode.OFF, gate.observing());
            gate.mode(Mode.BYPASS);
            assertTrue(gate.passes(clear), "after " + mode);
        }
    }

    @Test void neverReopensOnceShut() {
        Gate gate = open();
        gate.shut("a mark was missed");
        gate.shut("a second reason");
        gate.mode(Mode.OBSERVE);
        gate.mode(Mode.BYPASS);
        gate.carrierWoven();
        gate.bypassWoven();
        assertFalse(gate.passes(clear));
        assertEquals("shut", gate.state());
        assertEquals("a mark was missed", gate.shutReason());
    }

    @Test void isFoundByItsNumberUntilItIsDropped() {
        Gate gate = Gates.create("mini", "app", Mode.BYPASS);
        assertSame(gate, Gates.of(gate.number()));
        Gates.drop(gate);
        Gate stranger = Gates.of(gate.number());
        assertNotSame(gate, stranger);
        stranger.carrierWoven();
        stranger.bypassWoven();
        stranger.mode(Mode.BYPASS);
        assertFalse(stranger.passes(clear), "a class whose gate is unknown must always lock");
        Gates.drop(stranger);
    }

    static Gate open() {
        Gate gate = new Gate(1, "mini", "app", Mode.BYPASS);
        gate.carrierWoven();
        gate.bypassWoven();
        return gate;
    }
}
