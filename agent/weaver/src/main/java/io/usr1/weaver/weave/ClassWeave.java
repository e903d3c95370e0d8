package io.usr1.weaver.weave;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is to be done to one class, decided.
 *
 * @param name      internal name
 * @param carrier   null if the class is not the carrier
 * @param marks     in the order in which they are to run where several are in one method
 * @param regions   at most one a method, and none in a method with marks or timings
 * @param timings   acquisitions to time
 * @param sites     the numbers of the sites that this class asks its gate for
 */
public record ClassWeave(String name, CarrierWeave carrier, List<Mark> marks, List<Region> regions, List<Timing> timings, Set<Integer> sites) {

    /** The class bears the flag. */
    public record CarrierWeave(boolean bornClear) {
    }

    /** A method of the class. */
    public record Host(String name, String descriptor) {
    }

    /**
     * How the carrier is reached.
     *
     * @param number names the synthetic method that walks the path, unless there are no steps
     * @param slot   local variable of the root
     * @param root   internal name of the root's type
     */
    public record Path(int number, int slot, String root, List<Step> steps) {
    }

    /** One field read of a path. */
    public record Step(String owner, String name, String descriptor) {
    }

    /**
     * SET or CLEAR, at the entry or before each normal return.
     *
     * @param listed fields of the connection, the last object before the carrier; CLEAR does nothing while one of them
     *               is not false, 0 or null
     */
    public record Mark(Host host, boolean set, boolean exit, Path path, List<Step> listed) {
    }

    /**
     * A method that becomes a dispatcher and two bodies. A synchronized method's region is the whole of it.
     *
     * @param site    counts the bypasses
     * @param cut     what the bypass body is without
     * @param timings acquisitions that the locked body times
     * @param kept    acquisitions that the bypass body keeps, and times
     * @param audits  reads in the locked body that audit compares
     */
    public record Region(Host host, Path path, int site, Cut cut, List<Timing> timings, List<Timing> kept, List<Audited> audits) {
    }

    /**
     * What a body is to be without, by instruction number.
     *
     * @param acquire   taking the lock; -1 for a body in which only values are put in, and for a synchronized method
     * @param releases  giving it back
     * @param constants reads and calls whose value is known: 0, 1, or null for the null reference
     * @param notNull   reads that are known not to yield null
     * @param omitted   void calls that go with the lock
     */
    public record Cut(int acquire, Set<Integer> releases, Map<Integer, Integer> constants, Set<Integer> notNull, Set<Integer> omitted) {
    }

    /**
     * An acquisition to time.
     *
     * @param at       instruction number; -1 with {@link Form#METHOD}
     * @param releases where its token is handed back; empty if that is elsewhere, then it is handed back at once
     */
    public record Timing(Host host, int at, Form form, int site, Set<Integer> releases) {
    }

    /** How the acquisition is written. */
    public enum Form {
        MONITOR,
        /** A method that is synchronized as a whole. */
        METHOD,
        /** {@code lock()} of a {@code ReentrantLock}. */
        REENTRANT,
        /** {@code lock()}, and the three other ways, of a {@code Lock}. */
        LOCK, INTERRUPTIBLY, TRY_LOCK, TIMED_TRY,
        /** Any other method without parameters that takes a lock, or tries to and returns a boolean. */
        OWN, TRY_OWN
    }

    /**
     * A read whose value stands on the stack behind it.
     *
     * @param assumed   for a reference 1 if null is assumed and 0 if not null is
     * @param what      the field or method, for the finding
     */
    public record Audited(int at, boolean reference, int assumed, String what) {
    }
}
