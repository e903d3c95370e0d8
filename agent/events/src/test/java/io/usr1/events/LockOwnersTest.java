package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LockOwnersTest {

    @Test void aFaultIsASentenceAndNoException() {
        assertEquals("Who holds a ReentrantLock cannot be read in this JVM (java.lang.NullPointerException...); "
                + "contention is recorded without the previous owner.",
                LockOwners.open(null).map(line -> line.replaceAll("Exception: .*\\);", "Exception...);")).orElseThrow());
    }
}
