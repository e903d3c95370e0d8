package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Sinks;
import io.usr1.runtime.Site;

/**
 * Marks and stale wakes as JFR events. Marks run in every mode and must not ask each time whether someone listens: the
 * runtime is told whenever recordings change, and again once a period, for the settings of a running recording may change in silence.
 */
final class Transitions {

    /** Never written, as in {@link JfrSink}. */
    private static final Insert INSERT = new Insert();
    private static final Attach ATTACH = new Attach();
    private static final StaleWake STALE = new StaleWake();

    private final Limit limit;

    Transitions(Limit limit) {
        this.limit = limit;
    }

    /** Any thread. */
    static void look() {
        Sinks.trace(INSERT.isEnabled() || ATTACH.isEnabled() || STALE.isEnabled());
    }

    static boolean wantsStaleWakes() {
        return STALE.isEnabled();
    }

    void inserting(Object carrier, Gate gate) {
        if (INSERT.isEnabled() && taken(gate)) {
            new Insert(carrier, gate).commit();
        }
    }

    void attached(Object carrier, Gate gate) {
        if (ATTACH.isEnabled() && taken(gate)) {
            new Attach(carrier, gate).commit();
        }
    }

    void stale(Object carrier, Site site) {
        if (STALE.isEnabled() && taken(site.gate())) {
            new StaleWake(carrier, site).commit();
        }
    }

    private boolean taken(Gate gate) {
        boolean taken = limit.take();
        if (!taken) {
            gate.dropped();
        }
        return taken;
    }
}
