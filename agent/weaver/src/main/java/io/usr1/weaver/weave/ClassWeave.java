package io.usr1.weaver.weave;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.Type;

/**
 * All that is to be done to one class, decided.
 *
 * @param name      internal name
 * @param carrier   null if the class is not the carrier
 * @param marks     in the order in which they are to run where several are in one method
 * @param regions   at most one a method, and none in a method with marks or timings
 * @param answers   methods that answer without their lock; timings are inside, marks are not
 * @param skips     calls that are not made
 * @param timings   acquisitions to time
 * @param checks    places where audit or the breaker looks at the flag, in no method with a region
 * @param guards    what shuts the gate, because the proof does not hold from then on
 * @param sites     the numbers of the sites that this class asks its gate for
 */
public record ClassWeave(String name, CarrierWeave carrier, List<Mark> marks, List<Region> regions, List<Answer> answers,
                         List<Skip> skips, List<Timing> timings, List<Check> checks, List<Guard> guards, Set<Integer> sites) {

    /** True if something in the class is done without its lock. */
    boolean bypasses() {
        return !regions.isEmpty() || !answers.isEmpty() || !skips.isEmpty();
    }

    /**
     * The class bears the flag.
     *
     * @param cloned it gets a {@code clone()} that forgets the flag, for subclasses that may be Cloneable
     */
    public record CarrierWeave(boolean bornClear, boolean cloned) {
    }

    /** A method of the class. */
    public record Host(String name, String descriptor) {
    }

    /** Where a path starts. */
    public enum From {
        /** A local variable. */
        LOCAL,
        /** What a call has just returned, or the method is about to: on top of the stack. */
        RETURNED,
        /** An argument of a call, which the writer puts into a local variable. */
        PASSED,
        /** The elements of the collection on top of the stack. */
        EACH
    }

    /**
     * How the carrier is reached.
     *
     * @param number names the synthetic method that walks the path, unless there is nothing to walk
     * @param from   where the root is
     * @param slot   its local variable, or the number of the argument that was passed
     * @param root   internal name of the root's type
     * @param absent the step of which null means that there is no such carrier to be found or missed, not that one is lost; -1 if there is none
     * @param exact  internal name of the class that the object at the end must be of, and of no subclass; null if that is so anyway or does not matter
     */
    public record Path(int number, From from, int slot, String root, List<Step> steps, int absent, String exact) {

        /** True if the root itself is not just the carrier. */
        boolean walks() {
            return exact != null || !steps.isEmpty();
        }
    }

    /** One field read of a path; with no name a cast to {@code owner}, which leads nowhere if the object is of another class. */
    public record Step(String owner, String name, String descriptor) {

        public static Step cast(String type) {
            return new Step(type, null, null);
        }

        /** True for a method without parameters that asks what could be read from a field. */
        public boolean isCall() {
            return descriptor != null && descriptor.startsWith("(");
        }

        public boolean isCast() {
            return name == null;
        }

        /** Internal name of the type that it leads to. */
        public String type() {
            return isCast() ? owner : Type.getType(descriptor).getInternalName();
        }
    }

    /** When in a method a mark is made. */
    public enum At {
        ENTRY, EXIT, BEFORE, AFTER
    }

    /**
     * SET or CLEAR.
     *
     * @param call   instruction number for BEFORE and AFTER, else -1
     * @param subject from the path's root to the connection, or to the carrier itself where the path has no field
     * @param listed  fields of the subject, or methods that ask such a field; CLEAR does nothing while one of them is not false, 0 or null
     * @param when    null if always
     * @param takes   BEFORE a call: the monitor of what it is made on is taken around both
     */
    public record Mark(Host host, boolean set, At at, int call, Path path, List<Step> subject, List<Step> listed, When when, boolean takes) {
    }

    /**
     * A condition.
     *
     * @param from       LOCAL or RETURNED
     * @param descriptor of the value's type
     * @param jump       the opcode that jumps if the condition does <em>not</em> hold: IFEQ, IFNE, IFNULL or IFNONNULL
     */
    public record When(From from, int slot, String descriptor, int jump) {
    }

    /**
     * A method that becomes a dispatcher and its old body.
     *
     * @param value what it answers
     * @param when  null if always
     */
    public record Answer(Host host, Path path, int site, Value value, When when, List<Audited> audits) {
    }

    /**
     * A call that is not made.
     *
     * @param call   its instruction number
     * @param value  what it yields then
     * @param listed how audit sees, where the list's lock is held there, that the connection is listed; null if it cannot
     */
    public record Skip(Host host, int call, Path path, int site, Value value, When when, Ask listed) {
    }

    /** What is answered: nothing if {@code kind} is NOTHING, else the constant or, by its number, the argument. */
    public record Value(Kind kind, Integer number) {

        /** The kinds. */
        public enum Kind {
            NOTHING, CONSTANT, ARGUMENT, ARGUMENT_NOT_NULL
        }
    }

    /**
     * A method that becomes a dispatcher and two bodies. A synchronized method's region is the whole of it.
     *
     * @param site    counts the bypasses
     * @param cut     what the bypass body is without
     * @param timings acquisitions that the locked body times
     * @param kept    acquisitions that the bypass body keeps, and times
     * @param audits  reads in the locked body that audit compares
     * @param trust   what the dispatcher and audit ask besides the flag
     */
    public record Region(Host host, Path path, int site, Cut cut, List<Timing> timings, List<Timing> kept, List<Audited> audits, Trust trust) {

        /** The method of the woven class that goes without the lock. */
        public Host bypass() {
            return new Host(host.name() + RegionWriter.BYPASS, host.descriptor());
        }
    }

    /**
     * Why a region may trust the flag.
     *
     * @param owner     asked after the flag: whether this thread owns the connection; null if nothing is to be asked
     * @param exclusive audit looks whether two threads meet in the site with one carrier
     * @param listed    how audit sees, under the lock, that the connection is listed; null if it cannot
     * @param stolen    likewise that it was taken over
     */
    public record Trust(Ask owner, boolean exclusive, Ask listed, Ask stolen) {
    }

    /**
     * One question about an object that is reached from a method's argument.
     *
     * @param number  names the synthetic method that asks
     * @param slot    local variable of the root
     * @param root    internal name of the root's type
     * @param read    the field that is read or, if its descriptor starts with {@code (}, the method that is called on the last object
     * @param expects what makes the answer yes
     */
    public record Ask(int number, int slot, String root, List<Step> steps, Step read, Expects expects) {
    }

    /** What an answer is compared with. */
    public enum Expects {
        /** 0, false or null. */
        ZERO,
        /** The opposite. */
        NOT_ZERO,
        /** The thread that asks. */
        CURRENT_THREAD
    }

    /**
     * A place where a flag is looked at, at the entry or before each normal return.
     *
     * @param unlink the breaker looks before the connection leaves the list; else audit looks after an insert
     * @param listed as in {@link Trust}
     * @param stays  after an insert the flag is SET even if the connection was refused
     */
    public record Check(Host host, boolean unlink, boolean exit, Path path, int site, Ask listed, boolean stays) {
    }

    /**
     * What shuts the gate for good.
     *
     * @param host     the method that hands something out, or that no subclass may override
     * @param override each new object is asked whether its class overrides the method; else each call of the method shuts the gate
     */
    public record Guard(Host host, boolean override) {
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
