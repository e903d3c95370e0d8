package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MarksTest {

    private final Gate gate = GateTest.open();

    @Test void setsAndClears() {
        FakeCarrier carrier = new FakeCarrier(Flag.UNKNOWN);
        Marks.clear(carrier, gate);
        assertTrue(gate.passes(carrier));
        Marks.set(carrier, gate);
        assertEquals(Flag.SET, carrier.usr1$flag());
        assertFalse(gate.passes(carrier));
    }

    @Test void anInsertWhoseCarrierIsNullShutsTheGate() {
        Marks.set(null, gate);
        assertFalse(gate.passes(new FakeCarrier(Flag.CLEAR)));
        assertTrue(gate.shutReason().contains("carrier was null"));
    }

    @Test void aForeignCarrierIsUnknownAndHarmless() {
        Marks.set("foreign", gate);
        Marks.clear("foreign", gate);
        Marks.clear(null, gate);
        Marks.born("foreign");
        assertEquals("open", gate.state());
    }

    @Test void aCarrierIsBornClearOnlyWhileNothingIsKnown() {
        FakeCarrier fresh = new FakeCarrier(Flag.UNKNOWN);
        Marks.born(fresh);
        assertEquals(Flag.CLEAR, fresh.usr1$flag());
        FakeCarrier set = new FakeCarrier(Flag.SET);
        Marks.born(set);
        assertEquals(Flag.SET, set.usr1$flag());
    }
}
