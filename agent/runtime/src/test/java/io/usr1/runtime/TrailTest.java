package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What audit sees of a wake, beyond the reads of its body. */
class TrailTest {

    private final Gate gate = GateTest.open();
    private final Site site = gate.site("wake", "Wake#wake");
    private final FakeCarrier carrier = new FakeCarrier(Flag.UNKNOWN);
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach void audit() {
        gate.mode(Mode.AUDIT);
        Sinks.install(sink);
    }

    @AfterEach void noSink() {
        Sinks.install(null);
    }

    @Test void nothingIsRememberedUnlessAuditLooks() {
        gate.mode(Mode.BYPASS);
        Marks.set(carrier, gate);
        Marks.clear(carrier, gate);
        assertNull(carrier.usr1$trail());
    }

    @Test void anotherThreadThanTheOneThatClearedIsAFinding() throws InterruptedException {
        Marks.set(carrier, gate);
        elsewhere(() -> Marks.clear(carrier, gate));
        Audit.woken(carrier, 0, 0, false, site);
        assertEquals(List.of(), sink.calls, "a wake that need not be the owner's");
        elsewhere(() -> Marks.clear(carrier, gate));
        Audit.woken(carrier, 0, 0, true, site);
        assertEquals(List.of("violation the thread that wakes the carrier " + Thread.currentThread().getName() + " elsewhere"), sink.calls);
    }

    @Test void aSetForgetsTheThread() throws InterruptedException {
        elsewhere(() -> {
            Marks.set(carrier, gate);
            Marks.clear(carrier, gate);
        });
        Marks.set(carrier, gate);
        Marks.clear(carrier, gate);
        Audit.woken(carrier, 0, 0, true, site);
        assertEquals(List.of(), sink.calls);
    }

    @Test void aClearFlagOnAListedOrStolenConnectionIsAFinding() {
        Marks.clear(carrier, gate);
        Audit.woken(carrier, 1, 0, true, site);
        Audit.woken(carrier, -1, 1, true, site);
        assertEquals(List.of("violation the connection listed not listed", "violation the connection taken over not taken over"), sink.calls);
        Marks.set(carrier, gate);
        Audit.woken(carrier, 1, 1, true, site);
        assertEquals(2, sink.calls.size());
    }

    @Test void anInsertEndsWithASetFlag() {
        Marks.set(carrier, gate);
        Audit.inserted(carrier, 1, true, site);
        Audit.inserted(carrier, 0, true, site);
        assertEquals(List.of(), sink.calls);
        Marks.clear(carrier, gate);
        Audit.inserted(carrier, 0, false, site);
        assertEquals(List.of(), sink.calls, "a connection that was handed on at once");
        Audit.inserted(carrier, 0, true, site);
        Audit.inserted(carrier, 1, false, site);
        assertEquals(List.of("violation the flag after an insert that was refused clear set", "violation the flag of a connection that was just listed clear set"), sink.calls);
    }

    @Test void twoThreadsAtOneCarrierAreAFindingAndOneTwiceIsNot() throws InterruptedException {
        Object entered = Audit.enter(carrier, site);
        Audit.leave(Audit.enter(carrier, site));
        assertEquals(List.of(), sink.calls);
        elsewhere(() -> Audit.leave(Audit.enter(carrier, site)));
        assertEquals(List.of("violation the only thread at the site elsewhere " + Thread.currentThread().getName()), sink.calls);
        Audit.leave(entered);
        elsewhere(() -> Audit.leave(Audit.enter(carrier, site)));
        assertEquals(1, sink.calls.size());
    }

    @Test void flagsThatAreNeverClearedAreSaidOnce() {
        Marks.set(carrier, gate);
        for (int i = 0; i < 1000; i++) {
            Audit.woken(carrier, 0, 0, true, site);
        }
        assertEquals(List.of("never clears 256 0"), sink.calls);
        assertEquals(0, gate.violations(), "slow, not unsafe");
    }

    /** HAProxy's SSL layer never cleared its flags beside a mux that did (edb99e296). */
    @Test void aLayerThatIsClearedDoesNotHideOneThatIsNot() {
        FakeCarrier well = new FakeCarrier(Flag.UNKNOWN);
        Site lower = gate.site("wake-tls", "TlsWake#wake");
        Marks.set(well, gate);
        Marks.clear(well, gate);
        Marks.set(carrier, gate);
        for (int i = 0; i < 1000; i++) {
            Audit.woken(well, 0, 0, true, site);
            Audit.woken(carrier, 0, 0, true, lower);
        }
        assertEquals(List.of("never clears 256 0"), sink.calls);
    }

    @Test void flagsThatAreAreNot() {
        for (int i = 0; i < 1000; i++) {
            Marks.set(carrier, gate);
            Audit.woken(carrier, 1, 0, true, site);
            Audit.woken(carrier, 0, 0, true, site);
            Marks.clear(carrier, gate);
            Audit.woken(carrier, 0, 0, true, site);
        }
        assertEquals(List.of(), sink.calls);
    }

    private static void elsewhere(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action, "elsewhere");
        thread.start();
        thread.join();
    }
}
