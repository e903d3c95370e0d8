package io.usr1.runtime;

/**
 * Audit: under the lock, where the locked body reads what a clear flag stands for, the flag is read again and compared.
 *
 * <p>The checks are the target's {@code when-clear} lines themselves, so audit tests exactly what a bypass would assume:
 * "flag clear" must imply "the value read here under the lock is the constant that the bypass body uses". Where the target
 * says how a listed or a stolen connection is told, that is looked at too. Nothing here runs in a wake that bypasses.
 */
public final class Audit {

    private Audit() {
    }

    /** The locked body read {@code found} where the bypass body has {@code assumed}. Returns {@code found}, unchanged. */
    public static int expect(int found, int assumed, Object carrier, Site site, String what) {
        if (site.gate().auditing() && found != assumed && clear(carrier)) {
            report(site, what, String.valueOf(found), String.valueOf(assumed));
        }
        return found;
    }

    /** As {@link #expect}, for a reference that the bypass body takes to be null or not null. Does not keep the reference. */
    public static void expectNull(Object found, boolean assumedNull, Object carrier, Site site, String what) {
        if (site.gate().auditing() && (found == null) != assumedNull && clear(carrier)) {
            report(site, what, found == null ? "null" : "not null", assumedNull ? "null" : "not null");
        }
    }

    /** Whether {@link #made} and {@link #inserted} are wanted: nothing of the connection is read for them otherwise. */
    public static boolean looks(Object carrier, Site site) {
        return site.gate().auditing() && carrier instanceof Carrier;
    }

    /** The same for {@link #woken}, which also tells of stale wakes while someone listens to them. */
    public static boolean looksAtWake(Object carrier, Site site) {
        return (site.gate().auditing() || Sinks.tracing() && tells(site)) && carrier instanceof Carrier;
    }

    /**
     * A wake has taken the lock: a clear flag means that the connection is in no list, was not taken over, and that this
     * thread is the one that cleared it.
     *
     * @param listed   1 if the connection is in the list, 0 if not, -1 if that cannot be seen
     * @param stolen   likewise, whether it was taken over
     * @param confined only one thread may wake this carrier now
     */
    public static void woken(Object carrier, int listed, int stolen, boolean confined, Site site) {
        if (stolen == 1 && Sinks.tracing()) {
            tell(carrier, site);
        }
        if (!site.gate().auditing()) {
            return;
        }
        Carrier woken = (Carrier) carrier;
        int flag = woken.usr1$flag();
        Trail trail = Trail.of(woken);
        if (flag == Flag.CLEAR) {
            if (listed == 1) {
                report(site, "the connection", "listed", "not listed");
            }
            if (stolen == 1) {
                report(site, "the connection", "taken over", "not taken over");
            }
            Thread me = Thread.currentThread();
            Thread before = confined ? trail.comes(me) : null;
            if (before != null && before != me) {
                report(site, "the thread that wakes the carrier", me.getName(), before.getName());
            }
            if (trail.wasSet()) {
                site.clearing().cleared();
            }
        } else if (flag == Flag.SET && listed == 0 && stolen != 1) {
            site.clearing().stuck(site);
        }
    }

    /**
     * A call is about to be made, holding the list's lock, that is not made while the flag is clear.
     *
     * @param listed as for {@link #woken}
     */
    public static void made(Object carrier, int listed, Site site) {
        if (listed == 1 && clear(carrier)) {
            report(site, "the connection", "listed", "not listed");
        }
    }

    /**
     * An insert is over and the lock is still held: what is listed now is SET.
     *
     * @param listed as for {@link #woken}
     * @param stays  nobody but a later attach may clear this carrier, so it is SET whether it was listed or refused
     */
    public static void inserted(Object carrier, int listed, boolean stays, Site site) {
        int flag = ((Carrier) carrier).usr1$flag();
        if (flag != Flag.SET && (listed == 1 || stays)) {
            report(site, listed == 1 ? "the flag of a connection that was just listed" : "the flag after an insert that was refused",
                    flag == Flag.CLEAR ? "clear" : "unknown", "set");
        }
    }

    /**
     * A thread enters a site that only one thread at a time may be in with one carrier.
     *
     * @return for {@link #leave}; null if there is nothing to leave
     */
    public static Object enter(Object carrier, Site site) {
        if (!site.gate().auditing() || !(carrier instanceof Carrier)) {
            return null;
        }
        Trail trail = Trail.of((Carrier) carrier);
        Thread me = Thread.currentThread();
        if (trail.inside.compareAndSet(null, me)) {
            return trail;
        }
        Thread other = trail.inside.get();
        if (other != null && other != me) {
            report(site, "the only thread at the site", me.getName(), other.getName());
        }
        return null;
    }

    /** It leaves, normally or not. */
    public static void leave(Object entered) {
        if (entered instanceof Trail) {
            ((Trail) entered).inside.set(null);
        }
    }

    private static boolean tells(Site site) {
        Sink sink = Sinks.current();
        try {
            return site.gate().observing() && sink.wantsStaleWakes();
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
            return false;
        }
    }

    private static void tell(Object carrier, Site site) {
        Sink sink = Sinks.current();
        try {
            sink.stale(carrier, site);
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
        }
    }

    private static boolean clear(Object carrier) {
        return carrier instanceof Carrier && ((Carrier) carrier).usr1$flag() == Flag.CLEAR;
    }

    static void report(Site site, String what, String found, String assumed) {
        site.violated(what + " was " + found);
        Sink sink = Sinks.current();
        try {
            sink.violation(site, what, found, assumed);
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
        }
    }
}
