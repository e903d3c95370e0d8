package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class GuardsTest {

    private final Gate gate = GateTest.open();

    static class Proved {
        protected void lock() {
        }
    }

    static class Plain extends Proved {
        void lock(int other) {
        }
    }

    static class Overriding extends Plain {
        @Override protected void lock() {
        }
    }

    @Test void onlyAnOverridingClassShutsTheGate() {
        Guards.overrides(gate, new Proved(), Proved.class, "lock");
        Guards.overrides(gate, new Plain(), Proved.class, "lock");
        assertNull(gate.shutReason());
        Guards.overrides(gate, new Overriding() { }, Proved.class, "lock");
        assertTrue(gate.shutReason().contains("Overriding overrides"), gate.shutReason());
    }

    @Test void whatCannotBeToldShutsTheGate() {
        Guards.overrides(gate, "no subclass", Proved.class, "lock");
        assertTrue(gate.shutReason().contains("could not be told"), gate.shutReason());
    }

    @Test void handingOutShutsTheGate() {
        Guards.handsOut(gate, "Pool#all");
        assertTrue(gate.shutReason().startsWith("Pool#all was called"), gate.shutReason());
    }

    @Test void eachCarrierOfACollectionIsMarked() {
        List<Object> both = new ArrayList<>(Arrays.asList(new FakeCarrier(Flag.CLEAR), "foreign", null, new FakeCarrier(Flag.UNKNOWN)));
        Marks.setEach(both, gate);
        assertEquals(Flag.SET, ((FakeCarrier) both.get(0)).usr1$flag());
        assertEquals(Flag.SET, ((FakeCarrier) both.get(3)).usr1$flag());
        assertNull(gate.shutReason());
    }

    @Test void aCollectionThatCouldHideSomeShutsTheGate() {
        Marks.setEach(new AbstractList<>() {
            @Override public Object get(int index) {
                return null;
            }

            @Override public int size() {
                return 0;
            }
        }, gate);
        assertTrue(gate.shutReason().contains("could not be marked"), gate.shutReason());
    }

    @Test void aFaultOnTheWayShutsTheGate() {
        Marks.setEach(null, gate);
        assertTrue(gate.shutReason().contains("could not be marked"), gate.shutReason());
    }
}
