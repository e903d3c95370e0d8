package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns the sites' growing counters into {@link PoolStatistics}, and their sums into {@link PoolTotals}. All methods but {@link #pause} run on the event thread.
 *
 * <p>Every count is written exactly once while someone records: the rows of a recording sum up to what the counters grew
 * by in that time. What happened while nobody recorded is left out.
 */
final class Statistics {

    private static final PoolStatistics ENABLED = new PoolStatistics();

    /** Marks have no role of their own; a row of this one is there only if events of marks were dropped. */
    private static final String MARKS = "marks";

    private final Map<Gate, Map<String, Counts>> written = new HashMap<>();
    private Counts total = Counts.ZERO;
    private long takeovers;
    private volatile boolean recording = ENABLED.isEnabled();

    /** No recording takes statistics any more. Any thread. */
    void pause() {
        if (!ENABLED.isEnabled()) {
            recording = false;
        }
    }

    /** Once a period: a row for each role, also if nothing happened, so that a chart comes down to zero. */
    void period() {
        write(true);
        if (recording) {
            total.totals(takeovers).commit();
        }
        total = Counts.ZERO;
        takeovers = 0;
    }

    /** At the start and the end of a chunk: what happened since the last period. */
    void remainder() {
        write(false);
    }

    private void write(boolean idleRows) {
        if (!ENABLED.isEnabled()) {
            recording = false;
            return;
        }
        boolean first = !recording;
        recording = true;
        Set<Gate> alive = new HashSet<>(Gates.all());
        Set<Gate> gates = new HashSet<>(alive);
        // A gate that was dropped since the last row still has its last counts to give.
        gates.addAll(written.keySet());
        for (Gate gate : gates) {
            Map<String, Counts> now = count(gate);
            Map<String, Counts> before = written.put(gate, now);
            // Mode off means no events: what is counted meanwhile is left out, as what happens while nobody records is.
            if (!first && gate.mode() != Mode.OFF) {
                now.forEach((role, counts) -> write(gate, role,
                        before == null ? counts : counts.minus(before.getOrDefault(role, Counts.ZERO)), idleRows));
            }
        }
        written.keySet().retainAll(alive);
    }

    private static Map<String, Counts> count(Gate gate) {
        Map<String, Counts> byRole = new LinkedHashMap<>();
        for (Site site : gate.sites()) {
            byRole.put(site.role(), byRole.getOrDefault(site.role(), Counts.ZERO).plus(site));
        }
        if (gate.droppedCount() > 0) {
            byRole.put(MARKS, Counts.dropped(gate.droppedCount()));
        }
        return byRole;
    }

    private void write(Gate gate, String role, Counts delta, boolean idleRow) {
        total = total.plus(delta);
        takeovers += role.equals(Takeover.ROLE) ? delta.acquired() : 0;
        Counts left = delta;
        boolean due = idleRow;
        while (due || !left.equals(Counts.ZERO)) {
            due = false;
            Counts row = left.clipped();
            left = left.minus(row);
            PoolStatistics event = row.event();
            event.target = gate.target();
            event.loader = gate.loader();
            event.role = role;
            event.commit();
        }
    }
}
