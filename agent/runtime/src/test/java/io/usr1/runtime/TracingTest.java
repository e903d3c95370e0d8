package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Marks and stale wakes, told to a sink that asked for it; whatever the sink does, the mark is made. */
class TracingTest {

    private final Gate gate = GateTest.open();
    private final Site site = gate.site("wake", "Wake#wake");
    private final RecordingSink sink = new RecordingSink();
    private final FakeCarrier carrier = new FakeCarrier(Flag.UNKNOWN);

    @BeforeEach void trace() {
        Sinks.install(sink);
        Sinks.trace(true);
    }

    @AfterEach void noSink() {
        Sinks.install(null);
    }

    @Test void aMarkIsToldWhenItIsMade() {
        Marks.set(carrier, gate);
        Marks.clear(carrier, gate);
        assertEquals(List.of("inserting " + Flag.SET, "attached " + Flag.CLEAR), sink.calls);
    }

    @Test void nothingIsToldUnlessAskedFor() {
        Sinks.trace(false);
        Marks.set(carrier, gate);
        Marks.clear(carrier, gate);
        assertFalse(Audit.looksAtWake(carrier, site), "nothing of the connection is read in vain");
        Audit.woken(carrier, 0, 1, true, site);
        assertEquals(List.of(), sink.calls);
        Sinks.trace(true);
        Sinks.install(sink);
        Marks.set(carrier, gate);
        assertEquals(List.of(), sink.calls, "a new sink has not asked yet");
    }

    @Test void modeOffTellsNothing() {
        gate.mode(Mode.OFF);
        Marks.set(carrier, gate);
        assertFalse(Audit.looksAtWake(carrier, site));
        assertEquals(List.of(), sink.calls);
        assertEquals(Flag.SET, carrier.usr1$flag());
    }

    @Test void aSinkThatThrowsCostsNoMark() {
        for (boolean set : new boolean[] {true, false}) {
            Error fault = new StackOverflowError();
            Sinks.install(new RecordingSink() {
                @Override public void inserting(Object one, Gate its) {
                    throw fault;
                }

                @Override public void attached(Object one, Gate its) {
                    throw fault;
                }
            });
            Sinks.trace(true);
            if (set) {
                Marks.set(carrier, gate);
            } else {
                Marks.clear(carrier, gate);
            }
            assertEquals(set ? Flag.SET : Flag.CLEAR, carrier.usr1$flag());
            assertSame(fault, Sinks.fault());
            assertFalse(Sinks.tracing(), "the sink was removed");
        }
        Sinks.install(new RecordingSink() {
            @Override public boolean wantsStaleWakes() {
                throw new IllegalStateException("broken");
            }
        });
        Sinks.trace(true);
        assertFalse(Audit.looksAtWake(carrier, site));
    }

    /** Told of without an audit, and no violation: the flag of a stolen carrier stays SET. */
    @Test void aWakeOfAStolenCarrierIsStale() {
        Marks.set(carrier, gate);
        sink.calls.clear();
        assertTrue(Audit.looksAtWake(carrier, site));
        Audit.woken(carrier, 0, 1, true, site);
        Audit.woken(carrier, 1, 0, true, site);
        Audit.woken(carrier, -1, -1, true, site);
        assertEquals(List.of("stale Wake#wake"), sink.calls);
        assertFalse(Audit.looks(carrier, site), "the other looks are audit's alone");
        assertEquals(0, gate.violations());
    }
}
