package io.usr1.runtime.model;

/** One thread of {@link ReplacesCarrier}: a bounded number of wakes, requests and timers, in every order. */
final class Loop {

    private final ReplacesCarrier m;
    private final int me;
    private final Script s;
    private final LoopPool pool;
    private final Label turn = new Label();
    private final Label end = new Label();
    private final Label wake = new Label();
    private final Label timer = new Label();
    private final Label request = new Label();
    private final Label drain = new Label();
    private final Label detach = new Label();
    private final Label insert = new Label();
    private final Label close = new Label();
    /** The carrier that the thread has in hand. */
    private final Var hand;
    private final Var left;
    private final Var wasIdle;

    Loop(ReplacesCarrier model, int me, Script script, int ops) {
        this.m = model;
        this.me = me;
        this.s = script;
        hand = m.own(s.thread + ".hand", 0);
        left = m.own(s.thread + ".left", ops);
        wasIdle = m.own(s.thread + ".wasIdle", 0);
        pool = new LoopPool(m, me, s, hand);
    }

    void write() {
        if (me == 0) {
            s.step("connect", t -> {
                t.write(m.loop[0], 0);
                t.write(m.carriers, 1);
                t.writeVolatile(m.context[0], 1);
                t.write(m.timer[0], 1);
            });
            if (m.scenario.layers() > 1) {
                s.step("connect: lower layer", t -> {
                    t.write(m.loop[ReplacesCarrier.CARRIERS], 0);
                    t.writeVolatile(m.context[ReplacesCarrier.CARRIERS], 1);
                });
            }
            for (int layer = 0; m.scenario.born() && layer < m.scenario.layers(); layer++) {
                int first = layer * ReplacesCarrier.CARRIERS;
                m.agent.born(s, t -> m.flag(first));
            }
        }
        if (me == 1 && m.mutant == Mutant.A2_LOST_UPDATE) {
            s.step("remote wake: reads the word", t -> t.write(wasIdle, t.read(m.flag[0])));
            s.step("remote wake: writes it with its bit", t -> t.write(m.flag[0], t.read(wasIdle)));
            s.choose("", 1, t -> t.write(wasIdle, 0));
        }
        turn();
        wake();
        process();
        detach();
        insert();
        timer();
        drain();
        close();
        s.at(request);
        pool.request(turn, wake, close);
        s.at(end);
    }

    /** What next? The first way ends the budget and from then on only answers to what the others still send. */
    private void turn() {
        Label waiting = new Label();
        int n = ReplacesCarrier.CARRIERS;
        int all = m.context.length;
        s.at(turn).choose("", all + n + 3, t -> {
            t.write(wasIdle, 0);
            t.write(hand, 0);
            if (t.read(left) == 0 || t.way() == 0) {
                if (t.way() != 0) {
                    t.block();
                }
                t.write(left, 0);
                t.go(waiting);
                return;
            }
            t.add(left, -1);
            int k = t.way() <= all ? t.way() - 1 : (t.way() - 1 - all) % n;
            if (t.way() == all + n + 1) {
                t.go(request);
            } else if (t.way() == all + n + 2) {
                t.go(drain);
            } else if (t.read(m.loop[k]) != me || t.read(m.retired[k]) != 0) {
                t.block();
            } else {
                t.write(hand, k);
                t.go(t.way() <= all ? wake : timer);
            }
        });
        s.at(waiting).step("has nothing more to do", t -> t.write(m.done[me], 1));
        s.step("waits", t -> {
            for (int k = 0; k < all; k++) {
                if (t.read(m.queued[k]) != 0 && t.read(m.loop[k]) == me) {
                    t.write(hand, k);
                    t.go(wake);
                    return;
                }
            }
            if (t.read(m.done[1 - me]) == 0) {
                t.block();
            }
            t.go(end);
        });
    }

    private void wake() {
        Label locked = new Label();
        Label stale = new Label();
        Label unlisted = new Label();
        Label process = new Label();
        s.at(wake).step("wake", t -> {
            t.require(t.read(m.loop[t.read(hand)]) == me, Rule.I18);
            t.write(m.queued[t.read(hand)], m.mutant == Mutant.G1_WAKE_LOST ? 1 : 0);
        });
        if (m.mutant != Mutant.C1_ENTRY_WITHOUT_CHECK) {
            m.agent.passes(s, locked, t -> m.flag(t.read(hand)), t -> { });
        }
        s.step("bypass: context", t -> {
            t.require(false, Rule.BYPASSED);
            t.require(t.read(m.context[t.read(hand)]) == 1 && t.read(m.carrier(t.read(hand) / ReplacesCarrier.CARRIERS)) == t.read(hand)
                && t.read(m.listed) == 0 && t.read(m.holder) == 1 + me, Rule.I5);
            t.go(process);
        });
        s.at(locked).lock(m.lock[me]);
        s.step("wake: context?", t -> {
            boolean stolen = t.read(m.context[t.read(hand)]) == 0;
            m.agent.expect(t, !stolen, m.flag(t.read(hand)));
            if (stolen) {
                t.go(stale);
            }
        });
        s.step("wake: listed?", t -> {
            int holder = t.read(m.holder);
            t.require(holder == 1 + me || holder == ReplacesCarrier.LIST && t.read(m.loop[t.read(m.carrier)]) == me, Rule.I8);
            m.agent.expect(t, t.read(m.listed) == 0, m.flag(t.read(hand)));
            if (t.read(m.mutant == Mutant.D4_STATUS_FOR_MEMBERSHIP ? m.status : m.listed) == 0) {
                t.go(unlisted);
            }
        });
        if (m.mutant == Mutant.E5_UNLINK_OUTSIDE_LOCK) {
            s.unlock(m.lock[me]);
        }
        pool.unlink("wake", m.lock[me], () -> me);
        s.choose("", 1, t -> t.write(wasIdle, 1));
        if (m.mutant == Mutant.E5_UNLINK_OUTSIDE_LOCK) {
            s.go(process);
        }
        s.at(unlisted).unlock(m.lock[me]).go(process);
        s.at(stale).unlock(m.lock[me]);
        s.step("retire", t -> {
            t.require(t.read(m.loop[t.read(hand)]) == me, Rule.I13);
            t.write(m.retired[t.read(hand)], 1);
        });
        s.go(turn).at(process);
    }

    private void process() {
        Label inUse = new Label();
        s.step("process: closed?", t -> {
            pool.touch(t);
            if (t.read(m.closed) != 0) {
                t.go(turn);
            }
        });
        s.step("process: in use?", t -> {
            pool.touch(t);
            if (t.read(m.exchange) != 0) {
                t.go(inUse);
            }
        });
        s.choose("", 2, t -> {
            if (t.read(wasIdle) == 0) {
                t.go(turn); // on the purge list: the drain closes it
            } else {
                t.go(t.way() == 0 ? insert : close);
            }
        });
        s.at(inUse).choose("", 2, t -> t.go(t.way() == 0 ? turn : detach));
    }

    private void detach() {
        s.at(detach).step("detach", t -> {
            pool.touch(t);
            t.write(m.exchange, 0);
        });
    }

    /** Falls out of {@link #detach}, too: SET, publish, and not a touch more. */
    private void insert() {
        Label link = new Label();
        Label refused = new Label();
        Label shut = new Label();
        boolean late = m.mutant == Mutant.SET_AFTER_INSERT;
        s.at(insert).choose("", 2, t -> {
            if (t.way() == 1) {
                if (t.read(m.unmarkable) == 0) {
                    t.block();
                }
                t.add(m.unmarkable, -1);
                t.go(shut);
            }
        });
        if (!late) {
            set();
        }
        s.at(link).lock(m.lock[me]);
        s.choose("insert: accepted?", 2, t -> {
            if (t.way() == 1) {
                t.go(refused);
            }
        });
        s.step("insert: link", t -> {
            pool.touch(t);
            t.write(m.listed, 1 + me);
            t.write(m.holder, ReplacesCarrier.LIST);
        });
        s.step("insert: status", t -> t.write(m.status, 1));
        s.step("insert: count", t -> t.add(m.count[me], 1));
        s.unlock(m.lock[me]);
        if (late) {
            set();
        }
        if (m.mutant == Mutant.B1_TOUCH_AFTER_PUBLISH) {
            s.step("insert: subscribes the connection", pool::touch);
        }
        if (m.mutant == Mutant.G1_WAKE_LOST) {
            s.step("wake: over, no longer queued", t -> t.write(m.queued[t.read(hand)], 0));
        }
        s.go(turn).at(shut);
        m.agent.shut(s);
        s.go(link);
        s.at(refused).unlock(m.lock[me]).go(close);
    }

    /** Every layer, one after the other. */
    private void set() {
        for (int layer = 0; layer < (m.mutant == Mutant.LAYER_UNSET ? 1 : m.scenario.layers()); layer++) {
            Var carrier = m.carrier(layer);
            m.agent.set(s, t -> m.flag(t.read(carrier)));
        }
    }

    private void timer() {
        Label out = new Label();
        Label unlisted = new Label();
        s.at(timer).lock(m.lock[me]);
        if (m.mutant != Mutant.C2_TIMER_WITHOUT_CHECK) {
            s.step("timeout: context?", t -> {
                if (t.read(m.timer[t.read(hand)]) == 0) {
                    t.go(m.mutant == Mutant.E4_EARLY_RETURN ? turn : out);
                }
            });
        }
        s.step("timeout: listed?", 2, t -> {
            int holder = t.read(m.holder);
            t.require(holder == 1 + me || holder == ReplacesCarrier.LIST && t.read(m.loop[t.read(m.carrier)]) == me, Rule.I8);
            if (t.way() == 1) {
                t.go(out); // not due yet
            } else if (t.read(m.listed) != 1 + me) {
                t.go(unlisted);
            }
        });
        pool.unlink("timeout", m.lock[me], () -> me);
        s.at(unlisted).step("timeout: off the purge list", t -> t.write(m.purging, 0));
        if (m.mutant == Mutant.E3_LOCK_UNDER_LOCK) {
            s.lock(m.lock[me]);
        }
        s.unlock(m.lock[me]).go(close);
        s.at(out).unlock(m.lock[me]).go(turn);
    }

    /** The owner's end of a purge. */
    private void drain() {
        Label out = new Label();
        s.at(drain).lock(m.lock[me]);
        s.step("purge list: empty?", t -> {
            if (t.read(m.purging) != 1 + me) {
                t.go(out);
            }
        });
        s.step("purge list: take", t -> t.write(m.purging, 0));
        s.unlock(m.lock[me]).go(close);
        s.at(out).unlock(m.lock[me]).go(turn);
    }

    private void close() {
        s.at(close).step("close", t -> {
            pool.touch(t);
            t.write(m.exchange, 0);
            t.write(m.closed, 1);
        });
        s.go(turn);
    }
}
