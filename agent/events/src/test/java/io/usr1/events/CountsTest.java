package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static final long MANY = 3L * Integer.MAX_VALUE + 5;

    @Test void moreThanAnIntHoldsIsLeftForTheNextRow() {
        Counts row = new Counts(MANY, 1, MANY, MANY, MANY, 7, 0, 0, 0).clipped();
        assertEquals(new Counts(Integer.MAX_VALUE, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 7, 0, 0, 0), row);
    }

    /** Not of the locks that the role took: where a call is not made, the lock is another site's. */
    @Test void ratioIsOfAllThatLookedAtTheFlag() {
        assertEquals(0.75, new Counts(9, 0, 6, 1, 1, 0, 0, 0, 0).event().bypassRatio);
        assertEquals(0.0, Counts.ZERO.event().bypassRatio);
    }

    @Test void totalsAreOfAllThatLookedAtTheFlag() {
        PoolTotals totals = new Counts(100, 0, 60, 20, 20, 5, 0, 0, 0).totals(30);
        assertEquals(0.6, totals.bypassRatio);
        assertEquals(0.8, totals.clearRatio);
        assertEquals(30, totals.takeovers);
        assertEquals(0.0, Counts.ZERO.totals(0).clearRatio);
    }

    @Test void aRoleSumsItsSites() {
        Gate gate = Gates.create("fixture", "app", Mode.OBSERVE);
        try {
            Site one = gate.site("wake", "Mux#wake");
            Site other = gate.site("wake", "Mux#process");
            Locks.tryLock(new ReentrantLock(), one);
            Locks.tryLock(new ReentrantLock(), other);
            other.bypassed(null);
            one.fold(null);
            other.dropped();
            assertEquals(new Counts(2, 0, 1, 0, 1, 0, 0, 0, 1), Counts.ZERO.plus(one).plus(other));
        } finally {
            Gates.drop(gate);
        }
    }
}
