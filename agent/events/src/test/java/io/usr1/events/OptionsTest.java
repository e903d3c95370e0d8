package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test void aLimitBelowOneIsRefusedInOneSentenceEach() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Options(() -> null, 0, line -> { }));
        assertEquals("The limit of events in a second is 0; expected 1 or more. To record none, disable io.usr1.LockContention "
                + "in the recording.", refused.getMessage());
    }
}
