package io.usr1.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says whether the woven classes of one target in one class loader may bypass their lock.
 *
 * <p>The gate opens when the mode is {@link Mode#BYPASS}, the carrier class and a bypass class have reported from their
 * own static initialisers that they run woven (an initialiser runs before any instance exists and before any method
 * does), and nothing has ever shut it. Classes that are not loaded yet do not hold it shut: they cannot insert. Once
 * {@link #shut} was called it never opens again, because a carrier that missed a mark stays in the JVM with a wrong flag.
 *
 * <p>Reads are one volatile boolean and happen once per call; a wake that passed the gate finishes its bypass. That is
 * sound because the gate only says whether the flag may be believed, and marking goes on whatever the gate says.
 */
public final class Gate {

    private final String target;
    private final String loader;
    private final int number;
    /** In the order of their indices; replaced as a whole. */
    private volatile Site[] sites = {};

    private boolean held;
    private boolean carrierWoven;
    private boolean bypassWoven;
    private Mode mode;
    private String shutReason;
    private volatile boolean bypassing;
    private volatile boolean auditing;
    private volatile boolean observing;
    private volatile String lastViolation;
    private final Map<String, Clearing> clearings = new HashMap<>();
    private final LongAdder dropped = new LongAdder();

    Gate(int number, String target, String loader, Mode mode) {
        this.number = number;
        this.target = target;
        this.loader = loader;
        this.mode = mode;
        settle();
    }

    /**
     * Called once at the head of each wake.
     *
     * @param carrier the object that bears the flag; null or a foreign object never passes
     * @return true if the lock may be bypassed by this call
     */
    public boolean passes(Object carrier) {
        // The flag, then the gate: whoever missed a mark shuts the gate before he publishes. So a flag that is read as CLEAR
        // and is wrong comes with a gate that is read as shut, and what a bypass goes by is right at the read of the flag.
        return carrier instanceof Carrier && ((Carrier) carrier).usr1$flag() == Flag.CLEAR && bypassing;
    }

    /** True while the flag is to be compared, under the lock, with what the target says a clear flag means. */
    public boolean auditing() {
        return auditing;
    }

    boolean observing() {
        return observing;
    }

    /** One tally for each role, because each layer of a connection has a role of its own: one that clears must not hide one that does not. */
    private Clearing clearing(String role) {
        Clearing known = clearings.get(role);
        if (known == null) {
            known = new Clearing();
            clearings.put(role, known);
        }
        return known;
    }

    /** Called by the static initialiser of the woven carrier class. Any thread. */
    public synchronized void carrierWoven() {
        carrierWoven = true;
        settle();
    }

    /** Called by the static initialiser of a class with a woven bypass. Any thread. */
    public synchronized void bypassWoven() {
        bypassWoven = true;
        settle();
    }

    /** Keeps the gate from opening until {@link #release}: the agent came late and is not sure yet that it saw every class. */
    public synchronized void hold() {
        held = true;
        settle();
    }

    /** The agent is sure. */
    public synchronized void release() {
        held = false;
        settle();
    }

    /** Changes the mode; any thread, any number of times. Marking is not touched by it, so every order is sound. */
    public synchronized void mode(Mode next) {
        mode = next;
        settle();
    }

    /**
     * Shuts the gate for the life of the JVM, because a mark was or may have been missed.
     *
     * @param reason one sentence; the first one stays
     */
    public synchronized void shut(String reason) {
        if (shutReason == null) {
            shutReason = reason;
        }
        settle();
    }

    /** As {@link #shut}; true if this call shut it. */
    synchronized boolean trip(String reason) {
        boolean first = shutReason == null;
        shut(reason);
        return first;
    }

    /** Adds a site; called by the agent before the class that holds the site is defined. */
    public synchronized Site site(String role, String method) {
        Site site = new Site(this, sites.length, role, method, clearing(role));
        Site[] more = Arrays.copyOf(sites, sites.length + 1);
        more[site.index()] = site;
        sites = more;
        return site;
    }

    /** The site that a woven class asks for; one that nobody lists if there is none of that number. Takes no lock. */
    public Site site(int index) {
        Site[] known = sites;
        // As with Gates.of: an exception here would be an ExceptionInInitializerError in the application.
        return index < known.length ? known[index] : new Site(this, index, "unknown", "unknown", new Clearing());
    }

    /** Those that are there now. */
    public List<Site> sites() {
        return List.of(sites);
    }

    /** Counts an event of a mark that the sink did not write: a mark has no site. Called by the sink, any thread. */
    public void dropped() {
        dropped.increment();
    }

    /** Events of marks that the sink did not write. */
    public long droppedCount() {
        return dropped.sum();
    }

    public String target() {
        return target;
    }

    /** Name of the class loader whose classes this gate serves. */
    public String loader() {
        return loader;
    }

    /** The number by which woven classes find this gate. */
    public int number() {
        return number;
    }

    public synchronized Mode mode() {
        return mode;
    }

    /** Null while nothing has shut the gate for ever. */
    public synchronized String shutReason() {
        return shutReason;
    }

    /** {@code open}, {@code shut} (for ever or by the mode) or {@code waiting} (for the woven classes to be initialised). */
    public synchronized String state() {
        if (bypassing) {
            return "open";
        }
        return shutReason == null && mode == Mode.BYPASS ? "waiting" : "shut";
    }

    /** Clear flags that audit found where they must not be, at all sites. */
    public synchronized long violations() {
        long sum = 0;
        for (Site site : sites) {
            sum += site.violationCount();
        }
        return sum;
    }

    void violated(String finding) {
        lastViolation = finding;
    }

    /** Where and what audit or the breaker found last; null while there was nothing. */
    public String lastViolation() {
        return lastViolation;
    }

    /** Under this gate's monitor; the one place where the effective state is written. */
    private void settle() {
        bypassing = mode == Mode.BYPASS && shutReason == null && !held && carrierWoven && bypassWoven;
        auditing = mode == Mode.AUDIT && shutReason == null;
        observing = mode != Mode.OFF;
    }
}
