package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final Gate gate = GateTest.open();
    private final Site site = gate.site("unlink", "List#unlink");
    private final FakeCarrier clear = new FakeCarrier(Flag.CLEAR);
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach void listen() {
        Sinks.install(sink);
    }

    @AfterEach void noSink() {
        Sinks.install(null);
        Breaker.off(false);
    }

    @Test void aClearFlagShutsTheGateForEverAndIsSaidOnce() {
        assertTrue(gate.passes(clear));
        Breaker.unlinking(clear, site);
        Breaker.unlinking(clear, site);
        gate.mode(Mode.OBSERVE);
        gate.mode(Mode.BYPASS);
        assertFalse(gate.passes(clear));
        assertEquals("the breaker tripped at List#unlink: the flag was clear while the connection was about to leave the list", gate.shutReason());
        assertEquals(List.of("tripped List#unlink"), sink.calls);
        assertEquals(1, gate.violations());
    }

    @Test void ofSeveralLayersItNamesTheOne() {
        Breaker.unlinking(clear, gate.site("unlink-tls", "List#unlink"));
        assertEquals("the breaker tripped at List#unlink (unlink-tls): the flag was clear while the connection was about to leave the list", gate.shutReason());
    }

    @Test void aSetFlagOrAForeignObjectDoesNot() {
        for (Object carrier : new Object[] {new FakeCarrier(Flag.SET), new FakeCarrier(Flag.UNKNOWN), null, "foreign"}) {
            Breaker.unlinking(carrier, site);
        }
        assertEquals("open", gate.state());
    }

    @Test void itCanBeSwitchedOff() {
        Breaker.off(true);
        Breaker.unlinking(clear, site);
        assertEquals("open", gate.state());
    }

    @Test void inAuditItIsAFindingAndAuditGoesOn() {
        gate.mode(Mode.AUDIT);
        Breaker.unlinking(clear, site);
        assertTrue(gate.auditing());
        assertEquals(List.of("violation the flag of a connection that is about to leave the list clear not clear"), sink.calls);
    }
}
