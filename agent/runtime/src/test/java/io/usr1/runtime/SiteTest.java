package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SiteTest {

    private final Site site = GateTest.open().site("wake", "Wake#wake");
    private final FakeCarrier carrier = new FakeCarrier(Flag.CLEAR);

    @Test void holdsBackOnTheCarrierAndFoldsWhereALockIsPaidForAnyway() {
        for (int i = 0; i < 5; i++) {
            site.bypassed(carrier);
        }
        assertEquals(0, site.bypassedCount());
        site.fold(carrier);
        assertEquals(5, site.bypassedCount());
        site.fold(carrier);
        assertEquals(5, site.bypassedCount(), "folded once");
    }

    @Test void tellsLocksThatWereNeededFromThoseThatWereNot() {
        site.fold(carrier);
        carrier.usr1$flag(Flag.SET);
        site.fold(carrier);
        carrier.usr1$flag(Flag.UNKNOWN);
        site.fold(carrier);
        site.fold(null);
        assertEquals(1, site.needlessCount());
        assertEquals(3, site.guardedCount());
    }

    @Test void foldsByItselfNowAndThen() {
        for (int i = 0; i < 3000; i++) {
            site.bypassed(carrier);
        }
        assertEquals(2048, site.bypassedCount());
        assertEquals(3000 - 2048, carrier.usr1$unfolded());
    }
}
