package io.usr1.runtime.model;

import io.usr1.runtime.Flag;
import java.util.function.IntSupplier;

/** What a thread of {@link ReplacesCarrier} does with idle lists: pick, takeover, attach. */
final class LoopPool {

    private final ReplacesCarrier m;
    private final int me;
    private final int victim;
    private final Script s;
    private final Var hand;
    /** The lower layer's old carrier, while the thread takes its connection over; null if there is one layer. */
    private final Var below;

    LoopPool(ReplacesCarrier model, int me, Script script, Var hand) {
        this.m = model;
        this.me = me;
        this.victim = 1 - me;
        this.s = script;
        this.hand = hand;
        this.below = model.scenario.layers() > 1 ? model.own(script.thread + ".below", 0) : null;
    }

    /** The connection is read or written: whoever does that must be its only user. */
    void touch(Turn t) {
        t.require(t.read(m.holder) == 1 + me, Rule.STOLEN);
    }

    void unlink(String who, Var lock, IntSupplier list) {
        s.step(who + ": unlink", t -> {
            t.require(t.holds(lock), Rule.I6);
            t.write(m.listed, 0);
            if (t.read(m.holder) == ReplacesCarrier.LIST) {
                t.write(m.holder, 1 + me);
            }
        });
        s.step(who + ": count", t -> t.add(m.count[list.getAsInt()], -1));
    }

    /** A connection for a request: from the thread's own list, else from the other's. */
    void request(Label turn, Label wake, Label close) {
        Label steal = new Label();
        Label attach = new Label();
        boolean twoLocks = m.mutant == Mutant.E6_TWO_LOCKS;
        if (m.mutant == Mutant.CLEAR_BEFORE_UNLINK) {
            m.agent.clear(s, t -> m.flag(t.read(m.carrier)));
        }
        s.lock(m.lock[me]);
        s.step("get: listed here?", t -> {
            if (t.read(m.listed) != 1 + me) {
                t.go(steal);
            }
        });
        unlink("get", m.lock[me], () -> me);
        s.unlock(m.lock[me]).go(attach);
        s.at(steal);
        if (!twoLocks) {
            s.unlock(m.lock[me]);
        }
        takeover(turn, wake, attach);
        s.at(attach);
        attach(turn, close);
    }

    private void takeover(Label turn, Label wake, Label attach) {
        Label out = new Label();
        Var lock = m.lock[m.mutant == Mutant.E2_WRONG_LOCK ? me : victim];
        boolean unlocked = m.mutant == Mutant.F0_TAKEOVER_WITHOUT_LOCK;
        boolean reused = m.mutant == Mutant.CARRIER_REUSED;
        if (m.mutant == Mutant.E6_TWO_LOCKS) {
            s.lock(lock);
        } else if (!unlocked) {
            s.step("takeover: tryLock " + lock.name(), t -> {
                if (!t.tryLock(lock)) {
                    t.go(turn);
                }
            });
        }
        s.step("takeover: listed there?", 2, t -> {
            if (t.read(m.listed) != 1 + victim || t.way() == 1 || t.read(m.carriers) == ReplacesCarrier.CARRIERS && !reused) {
                t.go(out); // or the channel could not be registered: nothing has changed yet
            }
        });
        s.step("takeover: hand = the old carrier", t -> {
            t.write(hand, t.read(m.carrier));
            if (below != null) {
                t.write(below, t.read(m.lower));
            }
        });
        if (reused) {
            s.step("takeover: same carrier, other loop", t -> t.write(m.loop[t.read(hand)], me));
        } else {
            replaceCarrier();
        }
        unlink("takeover", m.lock[victim], () -> m.mutant == Mutant.H1_WRONG_COUNT ? me : victim);
        if (m.mutant == Mutant.LAYER_LATER) {
            s.unlock(lock);
            s.lock(lock);
            replaceLower();
        }
        if (!unlocked) {
            s.unlock(lock);
        }
        if (m.mutant == Mutant.E6_TWO_LOCKS) {
            s.unlock(m.lock[me]);
        }
        if (m.mutant == Mutant.F2_WAKE_ON_THIEF) {
            s.go(wake);
        } else if (m.mutant != Mutant.G1_NO_WAKE && !reused) {
            s.step("takeover: wakes the old carrier", t -> t.write(m.queued[t.read(hand)], 1));
            if (below != null && m.mutant != Mutant.LAYER_KEPT) {
                s.step("takeover: wakes the old lower carrier", t -> t.write(m.queued[t.read(below)], 1));
            }
        }
        s.go(attach);
        s.at(out);
        if (!unlocked) {
            s.unlock(lock);
        }
        if (m.mutant == Mutant.E6_TWO_LOCKS) {
            s.unlock(m.lock[me]);
        }
        s.go(turn);
    }

    private void replaceCarrier() {
        s.step("takeover: new carrier", t -> {
            int fresh = t.read(m.carriers);
            t.write(m.context[fresh], 1);
            t.write(m.timer[fresh], 1);
            t.write(m.loop[fresh], me);
        });
        if (m.scenario.born()) {
            m.agent.born(s, t -> m.flag(t.read(m.carriers)));
        }
        s.step("takeover: C.carrier = new", t -> {
            t.require(t.holds(m.lock[victim]), Rule.I16);
            t.write(m.carrier, t.read(m.carriers));
            t.add(m.carriers, 1);
        });
        if (m.mutant != Mutant.F0_CONTEXT_KEPT) {
            s.step("takeover: old timer.context = null", t -> t.write(m.timer[t.read(hand)], 0));
            s.step("takeover: old context = null", t -> t.write(m.context[t.read(hand)], 0));
        }
        if (below != null && m.mutant != Mutant.LAYER_KEPT && m.mutant != Mutant.LAYER_LATER) {
            replaceLower();
        }
    }

    /** As {@link #replaceCarrier}; the carriers of both layers have been counted by then. */
    private void replaceLower() {
        s.step("takeover: new lower carrier", t -> {
            int fresh = ReplacesCarrier.CARRIERS + t.read(m.carriers) - 1;
            t.write(m.context[fresh], 1);
            t.write(m.loop[fresh], me);
        });
        if (m.scenario.born()) {
            m.agent.born(s, t -> m.flag(ReplacesCarrier.CARRIERS + t.read(m.carriers) - 1));
        }
        s.step("takeover: C.lower.carrier = new", t -> {
            t.require(t.holds(m.lock[victim]), Rule.I16);
            t.write(m.lower, ReplacesCarrier.CARRIERS + t.read(m.carriers) - 1);
        });
        s.step("takeover: old lower context = null", t -> t.write(m.context[t.read(below)], 0));
    }

    /** CLEAR on the carrier that the connection has now; an attach that fails leaves it SET and the owner closes. */
    private void attach(Label turn, Label close) {
        s.step("attach: accepted?", 2, t -> {
            touch(t);
            if (t.way() == 1) {
                t.go(close);
            }
        });
        s.step("attach: status", t -> {
            touch(t);
            t.write(m.status, 0);
        });
        for (int layer = 0; layer < (m.mutant == Mutant.LAYER_NOT_CLEARED ? 1 : m.scenario.layers()); layer++) {
            Var carrier = m.carrier(layer);
            m.agent.clear(s, t -> m.flag(t.read(carrier)));
        }
        s.step("attach: in use", t -> {
            touch(t);
            for (int layer = 0; layer < m.scenario.layers(); layer++) {
                t.require(t.read(m.flag(t.read(m.carrier(layer)))) == Flag.CLEAR, Rule.I14);
            }
            t.write(m.exchange, 1);
        });
        s.go(turn);
    }
}
