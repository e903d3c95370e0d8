package io.usr1.events;

import io.usr1.runtime.Site;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Audit findings: one log line a kind, where a kind is a site and the value compared there. */
final class Findings {

    private record Kind(Site site, String what) {
    }

    private final Set<Kind> told = ConcurrentHashMap.newKeySet();
    private final EventThread thread;
    private final Consumer<String> log;

    Findings(EventThread thread, Consumer<String> log) {
        this.thread = thread;
        this.log = log;
    }

    /** Called by an application thread that holds the pool's lock. */
    void tripped(Site site) {
        thread.later(() -> log.accept("Target " + site.gate().target() + " in loader " + site.gate().loader() + ": the breaker tripped at " + site.method()
                + ": the flag was clear while the connection was about to leave the idle list. The gate is shut for good, every wake takes the lock;"
                + " run with usr1.mode=audit to see more, and correct the target."));
    }

    /** Called by an application thread that holds the pool's lock. */
    void neverClears(Site site, long stuck, long cleared) {
        thread.later(() -> log.accept("Target " + site.gate().target() + ": bypass ratio near 0, because flags that were set are not cleared again: "
                + stuck + " wakes at " + site.method() + " found the flag set although their connection was in no list, and " + cleared
                + " found it clear on a carrier that had been set before. A 'clear' is missing, or marks another carrier."));
    }

    /** Called by application threads that hold the pool's lock: the line is written elsewhere. */
    void violation(Site site, String what, String found, String assumed) {
        if (told.add(new Kind(site, what))) {
            thread.later(() -> log.accept("Target " + site.gate().target() + " is not safe to bypass: at " + site.method()
                    + " (" + site.role() + "), under the lock, " + what + " was " + found + "; a clear flag and the bypass rest on "
                    + assumed + ". Leave usr1.mode at audit or observe, and correct the target."
                    + " Later findings of this kind are only counted."));
        }
    }
}
