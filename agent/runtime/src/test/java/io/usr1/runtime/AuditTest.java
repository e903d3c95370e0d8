package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {

    private final Gate gate = GateTest.open();
    private final Site site = gate.site("wake", "Wake#wake");
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach void audit() {
        gate.mode(Mode.AUDIT);
        Sinks.install(sink);
    }

    @AfterEach void noSink() {
        Sinks.install(null);
    }

    @Test void aClearFlagOnAListedConnectionIsAViolation() {
        assertEquals(1, Audit.expect(1, 0, new FakeCarrier(Flag.CLEAR), site, "isListed"));
        Audit.expectNull(null, false, new FakeCarrier(Flag.CLEAR), site, "context");
        assertEquals(2, gate.violations());
        assertEquals(List.of("violation isListed 1 0", "violation context null not null"), sink.calls);
    }

    @Test void whatTheBypassAssumesIsNone() {
        Audit.expect(0, 0, new FakeCarrier(Flag.CLEAR), site, "isListed");
        Audit.expectNull("a context", false, new FakeCarrier(Flag.CLEAR), site, "context");
        assertEquals(0, gate.violations());
    }

    @Test void aFlagThatIsNotClearClaimsNothing() {
        Audit.expect(1, 0, new FakeCarrier(Flag.SET), site, "isListed");
        Audit.expect(1, 0, new FakeCarrier(Flag.UNKNOWN), site, "isListed");
        assertEquals(0, gate.violations());
    }

    @Test void onlyInAuditMode() {
        gate.mode(Mode.BYPASS);
        Audit.expect(1, 0, new FakeCarrier(Flag.CLEAR), site, "isListed");
        assertEquals(0, gate.violations());
    }
}
