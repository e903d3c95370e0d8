package io.usr1.runtime.model;

import io.usr1.runtime.Flag;

/**
 * The agent's part of a model: {@code Gate} and {@code Marks} as the runtime has them, each volatile access a step of its own.
 * {@code settle()} runs under the gate's monitor and writes two volatile booleans, one after the other.
 */
final class Agent {

    final Var bypassing;
    final Var auditing;
    final Var shut;
    private final Var monitor;
    private final Var mode;
    private final Mutant mutant;

    Agent(Model model, Mutant mutant) {
        this.mutant = mutant;
        bypassing = model.own("bypassing", 1);
        auditing = model.own("auditing", 0);
        shut = model.own("shutReason", 0);
        mode = model.own("operator.mode", 0);
        monitor = model.own("gate", 0);
    }

    /** {@code Gate.passes}: the flag, then the gate; jumps to {@code locked} if one of them says no. */
    void passes(Script s, Label locked, ToVar flag, Step.Body atTheRead) {
        if (mutant == Mutant.GATE_BEFORE_FLAG) {
            bypassing(s, locked);
        }
        s.step("Gate.passes: flag?", t -> {
            if (t.read(flag.of(t)) == Flag.CLEAR) {
                atTheRead.run(t);
            } else {
                t.go(locked);
            }
        });
        if (mutant != Mutant.GATE_BEFORE_FLAG) {
            bypassing(s, locked);
        }
    }

    private void bypassing(Script s, Label locked) {
        s.step("Gate.passes: bypassing?", t -> {
            if (t.read(bypassing) == 0) {
                t.go(locked);
            }
        });
    }

    /** {@code Marks.set}. */
    void set(Script s, ToVar flag) {
        s.step("Marks.set", t -> {
            if (mutant != Mutant.NO_SET && !(mutant == Mutant.NO_MARK_WHILE_SHUT && t.read(bypassing) == 0)) {
                mark(t, flag.of(t), Flag.SET);
            }
        });
    }

    /** {@code Marks.clear}. */
    void clear(Script s, ToVar flag) {
        s.step("Marks.clear", t -> {
            if (mutant != Mutant.NO_CLEAR) {
                mark(t, flag.of(t), mutant == Mutant.A1_CLEAR_SETS ? Flag.SET : Flag.CLEAR);
            }
        });
    }

    /** {@code Marks.born}: a volatile read and write of a carrier that nobody else knows yet. */
    void born(Script s, ToVar flag) {
        s.step("Marks.born", t -> {
            if (t.read(flag.of(t)) == Flag.UNKNOWN) {
                mark(t, flag.of(t), Flag.CLEAR);
            }
        });
    }

    /** {@code Gate.shut}: a mark was missed. */
    void shut(Script s) {
        if (mutant != Mutant.MISSED_MARK_FORGOTTEN) {
            s.lock(monitor);
            s.step("Gate.shut", t -> t.write(shut, 1));
            s.step("Gate.shut: settle", t -> t.write(bypassing, 0));
            s.step("Gate.shut: settle", t -> t.write(auditing, 0));
            s.unlock(monitor);
        } else {
            s.step("Gate.shut", t -> t.write(bypassing, 0)); // and nothing to remember it by
        }
    }

    /** An operator who changes the mode so many times, to any mode at any moment. */
    void operator(Model model, int flips) {
        Script s = model.thread("operator");
        Var found = model.own("operator.shut", 0);
        boolean monitored = mutant != Mutant.SETTLE_WITHOUT_MONITOR;
        for (int i = 0; i < flips; i++) {
            if (monitored) {
                s.lock(monitor);
            }
            s.step("Gate.mode", 3, t -> {
                t.write(mode, t.way()); // 0 BYPASS, 1 AUDIT, 2 OBSERVE or OFF
                t.write(found, t.read(shut));
            });
            s.step("Gate.mode: settle", t -> t.write(bypassing, t.read(mode) == 0 && t.read(found) == 0 ? 1 : 0));
            s.step("Gate.mode: settle", t -> {
                t.write(auditing, t.read(mode) == 1 && t.read(found) == 0 ? 1 : 0);
                t.write(mode, 0);
                t.write(found, 0);
            });
            if (monitored) {
                s.unlock(monitor);
            }
        }
    }

    /** {@code Audit.expect}: under the lock, {@code assumed} says whether what was read is what a bypass would have taken. */
    void expect(Turn t, boolean assumed, Var flag) {
        t.require(assumed || t.read(auditing) == 0 || t.read(flag) != Flag.CLEAR, Rule.AUDIT);
    }

    private void mark(Turn t, Var flag, int state) {
        if (mutant == Mutant.PLAIN_FLAG || mutant == Mutant.PLAIN_FLAG_CLEARED_INSIDE) {
            t.write(flag, state);
        } else {
            t.writeVolatile(flag, state);
        }
    }

    /** Which carrier's flag: it depends on what the thread has in hand. */
    interface ToVar {
        Var of(Turn turn);
    }
}
