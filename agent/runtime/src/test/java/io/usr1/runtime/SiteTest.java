package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SiteTest {

    private static final int MANY = 40_000;

    private final Site site = GateTest.open().site("wake", "Wake#wake");
    private final FakeCarrier carrier = new FakeCarrier(Flag.CLEAR);

    @Test void holdsBackOnTheCarrierAndFoldsWhereALockIsPaidForAnyway() {
        bypass(MANY);
        assertTrue(site.bypassedCount() < MANY, "something is held back");
        for (int time = 0; time < 2; time++) {
            site.fold(carrier);
            assertEquals(MANY, site.bypassedCount());
        }
        bypass(MANY);
        site.fold(carrier);
        assertEquals(2 * MANY, site.bypassedCount());
    }

    /** Carriers may be dropped at any time, and what they hold is not counted: of short lives that would be most or all. */
    @Test void holdsBackNothingAtFirstAndNeverMuch() {
        for (int total = 1; total <= MANY; total++) {
            bypass(1);
            long missing = total - site.bypassedCount();
            assertTrue(missing <= (total <= 16 ? 0 : Math.min(total / 17, 1023)), missing + " of " + total);
        }
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

    /** What makes it cheap: most are added to a plain number. */
    @Test void foldsSeldomInTheLongRun() {
        bypass(MANY);
        int folds = 0;
        for (int i = 0; i < MANY; i++) {
            long before = site.bypassedCount();
            bypass(1);
            folds += site.bypassedCount() == before ? 0 : 1;
        }
        assertTrue(folds <= MANY / 1024 + 1, folds + " folds");
    }

    private void bypass(int times) {
        for (int i = 0; i < times; i++) {
            site.bypassed(carrier);
        }
    }
}
