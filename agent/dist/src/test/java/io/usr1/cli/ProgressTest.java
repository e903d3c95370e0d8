package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter said = new StringWriter();
    private long now;

    @Test void isSilentForTwoSeconds() {
        try (Progress progress = progress()) {
            at(progress, 0);
            at(progress, 1999);
        }
        assertEquals("", said.toString());
    }

    @Test void thenCountsNowAndAgainAndLeavesNothing() {
        try (Progress progress = progress()) {
            at(progress, 0);
            at(progress, 2000);
            at(progress, 2100);
            at(progress, 2300);
            assertEquals("\r\u001B[Kreading classes: 2\r\u001B[Kreading classes: 4", said.toString());
        }
        assertEquals("\r\u001B[K", said.toString().substring(said.toString().lastIndexOf('\r')));
    }

    @Test void isSilentWithoutATerminal() {
        try (Progress progress = new Progress(name -> null, null, () -> now)) {
            at(progress, 5000);
        }
        assertEquals("", said.toString());
    }

    private Progress progress() {
        return new Progress(name -> null, new PrintWriter(said), () -> now);
    }

    private void at(Progress progress, long millis) {
        now = TimeUnit.MILLISECONDS.toNanos(millis);
        progress.bytes("p.A");
    }
}
