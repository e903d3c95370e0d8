package sample.bench.wake;

import static sample.bench.wake.Variant.CHEAP;
import static sample.bench.wake.Variant.DETAILED;
import static sample.bench.wake.Variant.EXACT;
import static sample.bench.wake.Variant.PATCHED;
import static sample.bench.wake.Variant.PLAIN;
import static sample.bench.wake.Variant.RECORDED;
import static sample.bench.wake.Variant.SWITCHED;
import static sample.bench.wake.Variant.WOVEN;

import java.util.ArrayList;
import java.util.List;
import sample.bench.wake.pool.LockKind;

/**
 * Which combinations are measured, and how often. Not all of them in the default plan, which is to end within twenty minutes:
 * <ul>
 * <li>One owner is what is judged, so all kinds of lock are there, in all rounds.
 * <li>What does not touch the lock does not depend on its kind: the price of exact counting, and of recordings while nothing is
 * locked, is measured with three kinds (one of java.util.concurrent, a monitor, the pool's own).
 * <li>Several threads and the thief tell what a bypass is worth, not what it costs, and have no goal: two rounds are enough.
 * </ul>
 */
enum WakePlan {
    /** Two rounds of what is judged, for two kinds of lock: to see that it works. */
    QUICK(2) {
        @Override
        void fill() {
            for (LockKind kind : List.of(LockKind.REENTRANT, LockKind.MONITOR)) {
                all("busy", kind, 1, PLAIN, PATCHED, SWITCHED, WOVEN, CHEAP);
                all("set", kind, 1, PLAIN, PATCHED, CHEAP);
            }
        }
    },
    /** See above. */
    DEFAULT(4) {
        @Override
        void fill() {
            for (LockKind kind : LockKind.values()) {
                boolean shown = SHOWN.contains(kind);
                all("busy", kind, 1, PLAIN, PATCHED, SWITCHED, WOVEN, CHEAP);
                all("set", kind, 1, PLAIN, PATCHED, CHEAP);
                if (shown) {
                    all("busy", kind, 1, EXACT);
                    some("busy", kind, 1, RECORDED, DETAILED);
                    all("idle", kind, 1, PLAIN, PATCHED, CHEAP);
                    some("idle", kind, 1, RECORDED, DETAILED);
                    some("busy", kind, 4, PLAIN, PATCHED, CHEAP);
                    some("busy", kind, 2, PATCHED);
                    some("robbed", kind, 2, PATCHED);
                }
                some("busy", kind, 2, PLAIN, CHEAP);
                some("robbed", kind, 2, PLAIN, CHEAP);
            }
        }
    },
    /** Everything, in all rounds. */
    FULL(4) {
        @Override
        void fill() {
            for (LockKind kind : LockKind.values()) {
                for (String benchmark : List.of("busy", "set", "idle")) {
                    List.of(1, 2, 4).forEach(threads -> all(benchmark, kind, threads, Variant.values()));
                }
                all("robbed", kind, 2, Variant.values());
            }
        }
    };

    private static final List<LockKind> SHOWN = List.of(LockKind.REENTRANT, LockKind.MONITOR, LockKind.SPIN);
    private static final int FEW = 2;

    private final int rounds;
    private final List<Arm> arms = new ArrayList<>();

    WakePlan(int rounds) {
        this.rounds = rounds;
    }

    abstract void fill();

    int rounds() {
        return rounds;
    }

    /** The arms of one JDK; those that are compared stand side by side. */
    List<Arm> arms() {
        if (arms.isEmpty()) {
            fill();
        }
        return List.copyOf(arms);
    }

    void all(String benchmark, LockKind kind, int threads, Variant... variants) {
        add(benchmark, kind, threads, Integer.MAX_VALUE, variants);
    }

    void some(String benchmark, LockKind kind, int threads, Variant... variants) {
        add(benchmark, kind, threads, FEW, variants);
    }

    private void add(String benchmark, LockKind kind, int threads, int times, Variant... variants) {
        for (Variant variant : variants) {
            arms.add(new Arm(benchmark, kind, threads, variant, times));
        }
    }
}
