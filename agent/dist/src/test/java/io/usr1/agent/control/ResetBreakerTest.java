package io.usr1.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.usr1.runtime.Breaker;
import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Marks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No gate that was shut for good opens again, whatever shut it, and whoever asks is told why. */
class ResetBreakerTest {

    private final Gate gate = Gates.create("pool", "app", Mode.BYPASS);
    private final Site site = gate.site("takeover", "org.example.Pool#takeover");

    @AfterEach void drop() {
        Gates.drop(gate);
    }

    @Test void aBreakerThatTrippedStaysTripped() {
        staysShut(woven -> Breaker.unlinking(new Clear(), site), "the breaker tripped at org.example.Pool#takeover (takeover): the flag was clear while the connection was about to leave the list");
        assertEquals("org.example.Pool#takeover (takeover): the flag of a connection that is about to leave the list was clear", bean(gate, List.of()).getLastViolation());
    }

    @Test void withoutAViolationThereIsNoLastOne() {
        assertEquals(null, bean(gate, List.of()).getLastViolation());
    }

    @Test void aMarkThatWasMissedStaysMissed() {
        staysShut(woven -> Marks.set(null, woven), "a connection was inserted whose carrier was null, so it could not be marked");
    }

    @Test void aClassThatWasNotProvedStaysUnproved() {
        staysShut(woven -> woven.shut("other bytes"), "other bytes");
    }

    @Test void whatHasNotTrippedIsSaid() {
        assertEquals("the breaker of target pool has not tripped; the gate is waiting, the mode is bypass", bean(gate, List.of()).resetBreaker());
        gate.carrierWoven();
        gate.bypassWoven();
        assertEquals("the breaker of target pool has not tripped; the gate is open, the mode is bypass", bean(gate, List.of()).resetBreaker());
        gate.mode(Mode.AUDIT);
        assertEquals("the breaker of target pool has not tripped; the gate is shut, the mode is audit", bean(gate, List.of()).resetBreaker());
    }

    @Test void whatIsRefusedHasNone() {
        String said = assertThrows(IllegalStateException.class, () -> bean(null, List.of("target pool: found this")).resetBreaker()).getMessage();
        assertEquals("nothing of target pool is woven here, so it has no breaker: target pool: found this", said);
    }

    private void staysShut(Consumer<Gate> fault, String reason) {
        gate.carrierWoven();
        gate.bypassWoven();
        fault.accept(gate);
        for (Mode mode : List.of(Mode.BYPASS, Mode.AUDIT, Mode.BYPASS)) {
            gate.mode(mode);
            String said = assertThrows(IllegalStateException.class, () -> bean(gate, List.of()).resetBreaker()).getMessage();
            assertEquals("the gate of target pool never opens again, because a carrier may be alive whose flag is wrong: " + reason
                    + "; correct the cause and start the JVM, or deploy the application, anew", said);
            assertEquals("shut", gate.state());
        }
    }

    private static TargetBean bean(Gate gate, List<String> refused) {
        return new TargetBean(new Controlled() {
            @Override public String targetName() {
                return "pool";
            }

            @Override public String loaderName() {
                return "app";
            }

            @Override public Gate gate() {
                return gate;
            }

            @Override public List<String> refused() {
                return refused;
            }

            @Override public boolean decided() {
                return true;
            }
        }, null);
    }

    /** A carrier that missed its mark. */
    private static final class Clear implements Carrier {
        @Override public int usr1$flag() {
            return Flag.CLEAR;
        }

        @Override public void usr1$flag(int state) {
        }

        @Override public int usr1$unfolded() {
            return 0;
        }

        @Override public void usr1$unfolded(int count) {
        }
    }
}
