package io.usr1.runtime;

/**
 * Limits the damage if, against all proof, a carrier is CLEAR while its connection is still in the list: at the places
 * where a connection is about to leave it, under the lock, a clear flag shuts the gate for ever. No soundness rests on it.
 *
 * <p>Why nothing resets it. The connection that was found is harmless now: it is leaving the list. But it says that one of
 * the two rules is broken, no CLEAR in the list and no insert without SET, by code that goes on running. Other carriers may be
 * in lists with a CLEAR flag, or be put there from now on, and nobody knows them: the agent keeps no list of carriers. A
 * wake of one of them would go without the lock as soon as the gate is open. That it has not been seen for a while
 * proves nothing, since the breaker looks only where connections leave. The same holds of every other reason to shut for good: a mark
 * that was missed stays missed as long as its carrier lives, a class that was defined unwoven or unproved runs
 * unwoven or unproved as long as its loader lives. Only a new loader starts anew, with a gate of its own. What may be undone is what shuts
 * no gate for good: a mode, a gate that waits, and with {@code usr1.breaker=off} a breaker that has not tripped yet.
 */
public final class Breaker {

    private static volatile boolean off;

    private Breaker() {
    }

    /** {@code usr1.breaker=off}. Any time. */
    public static void off(boolean isOff) {
        off = isOff;
    }

    /**
     * Looks at the carrier of a connection that is about to be unlinked, as it is before anything replaces it. Called
     * holding the list's lock. While auditing a clear flag is a finding; else it trips the breaker.
     *
     * @param carrier null and foreign objects are left alone
     */
    public static void unlinking(Object carrier, Site site) {
        if (!(carrier instanceof Carrier) || ((Carrier) carrier).usr1$flag() != Flag.CLEAR) {
            return;
        }
        if (site.gate().auditing()) {
            Audit.report(site, "the flag of a connection that is about to leave the list", "clear", "not clear");
        } else if (!off && site.gate().trip("the breaker tripped at " + site.method() + layer(site) + ": the flag was clear while the connection was about to leave the list")) {
            site.violated("the flag of a connection that is about to leave the list was clear");
            Sink sink = Sinks.current();
            try {
                sink.tripped(site);
            } catch (Throwable fault) {
                Sinks.failed(sink, fault);
            }
        }
    }

    /** The role says more than "unlink" where a connection has several carriers. */
    private static String layer(Site site) {
        return site.role().equals("unlink") ? "" : " (" + site.role() + ")";
    }
}
