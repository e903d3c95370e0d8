package io.usr1.runtime;

/**
 * Audit: under the lock, where the locked body reads what a clear flag stands for, the flag is read again and compared.
 *
 * <p>The checks are the target's {@code when-clear} lines themselves, so audit tests exactly what a bypass would assume:
 * "flag clear" must imply "the value read here under the lock is the constant that the bypass body uses".
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

    private static boolean clear(Object carrier) {
        return carrier instanceof Carrier && ((Carrier) carrier).usr1$flag() == Flag.CLEAR;
    }

    private static void report(Site site, String what, String found, String assumed) {
        site.violated();
        Sink sink = Sinks.current();
        try {
            sink.violation(site, what, found, assumed);
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
        }
    }
}
