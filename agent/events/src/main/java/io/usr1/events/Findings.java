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

    /** Called by application threads that hold the pool's lock: the line is written elsewhere. */
    void violation(Site site, String what, String found, String assumed) {
        if (told.add(new Kind(site, what))) {
            thread.later(() -> log.accept("Target " + site.gate().target() + " is not safe to bypass: at " + site.method()
                    + " (" + site.role() + ") the flag was clear and " + what + " was " + found + " under the lock; a bypass would"
                    + " have taken it to be " + assumed + ". Leave usr1.mode at audit or observe, and correct the target."
                    + " Later findings of this kind are only counted."));
        }
    }
}
