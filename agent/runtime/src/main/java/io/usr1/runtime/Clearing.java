package io.usr1.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Audit's tally of the sites of one role: do flags that were SET get CLEARed again? If not nothing is unsafe, but nothing is bypassed
 * either, which nobody notices: HAProxy's SSL layer had this fault for 38 months (edb99e296).
 */
final class Clearing {

    private static final int ENOUGH = 256;
    private static final int FEW = 32;

    private final AtomicLong stuck = new AtomicLong();
    private final AtomicLong cleared = new AtomicLong();
    private final AtomicBoolean said = new AtomicBoolean();

    /** A wake found the flag clear on a carrier that had been set before. */
    void cleared() {
        cleared.incrementAndGet();
    }

    /** A wake found the flag set although its connection is in no list and was not taken over. */
    void stuck(Site site) {
        long count = stuck.incrementAndGet();
        long well = cleared.get();
        if (count >= ENOUGH && count > FEW * well && said.compareAndSet(false, true)) {
            Sink sink = Sinks.current();
            try {
                sink.neverClears(site, count, well);
            } catch (Throwable fault) {
                Sinks.failed(sink, fault);
            }
        }
    }
}
