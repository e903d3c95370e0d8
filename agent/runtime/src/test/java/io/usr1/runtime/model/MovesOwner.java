package io.usr1.runtime.model;

import io.usr1.runtime.Flag;

/**
 * A region bypass with {@code moves-owner}: a takeover leaves the connection its carrier and writes the new owner. The thief's
 * attach therefore clears the very flag that the old owner's late wake reads, and the flag alone says too little.
 *
 * <p>Why it is sound: the wake reads the flag, <em>then</em> the owner. If it reads CLEAR from a thief's attach, it reads the thief
 * or a later owner, because the owner is written before. If it reads itself, it has been the owner all along, since nobody but
 * itself makes it the owner again; and an owner's CLEAR means: not listed.
 */
final class MovesOwner extends Model {

    private static final int LIST = 9;

    private final Mutant mutant;
    private final Agent agent;
    private final boolean clearInside;
    private final Var[] lock = own("L", 2, 0);
    private final Var flag = shared("flag", Flag.UNKNOWN);
    private final Var owner = shared("C.owner", 0);
    private final Var listed = shared("C.listed", 0);
    private final Var exchange = shared("C.exchange", 1);
    /** Ghost: who may touch the connection, 1 + thread or {@link #LIST}. */
    private final Var holder = own("holder", 1);

    /** @param clearInside the attach, and with it CLEAR, stands inside the lock of the list */
    MovesOwner(int ops, int flips, boolean clearInside, Mutant mutant) {
        this.mutant = mutant;
        this.clearInside = clearInside || mutant == Mutant.PLAIN_FLAG_CLEARED_INSIDE;
        agent = new Agent(this, mutant);
        loop(0, thread("A"), ops);
        loop(1, thread("B"), ops);
        if (flips > 0) {
            agent.operator(this, flips);
        }
        always.put(Rule.I1_I2, s -> s.value(lock[0]) + s.value(lock[1]) != 0 || s.value(listed) == 0 || s.value(flag) != Flag.CLEAR);
        atEnd.put(Rule.LOCK_LEFT, s -> s.value(lock[0]) + s.value(lock[1]) == 0);
        atEnd.put(Rule.LOST, s -> s.value(exchange) + s.value(listed) > 0);
    }

    private void loop(int me, Script s, int ops) {
        Var left = own(s.thread + ".left", ops);
        Var wasIdle = own(s.thread + ".wasIdle", 0);
        Var found = own(s.thread + ".found", 0);
        Label turn = new Label();
        Label wake = new Label();
        Label insert = new Label();
        Label get = new Label();
        Label end = new Label();
        s.at(turn).choose("", 3, t -> {
            t.write(wasIdle, 0);
            t.write(found, 0);
            if (t.way() == 0) {
                t.write(left, 0);
                t.go(end);
            } else if (t.read(left) == 0) {
                t.block();
            } else {
                t.add(left, -1);
                t.go(t.way() == 1 ? wake : get);
            }
        });
        s.at(wake);
        wake(me, s, wasIdle, found, turn);
        process(me, s, wasIdle, turn, insert);
        s.at(insert);
        insert(me, s, turn);
        s.at(get);
        get(me, s, turn);
        s.at(end);
    }

    private void wake(int me, Script s, Var wasIdle, Var found, Label turn) {
        Label locked = new Label();
        Label unlisted = new Label();
        Label stale = new Label();
        Label process = new Label();
        if (mutant == Mutant.OWNER_THEN_FLAG) {
            owner(me, s, locked);
        }
        agent.passes(s, locked, t -> flag, t -> { });
        if (mutant != Mutant.OWNER_THEN_FLAG && mutant != Mutant.NO_OWNER_CHECK) {
            owner(me, s, locked);
        }
        s.step("bypass", t -> {
            t.require(false, Rule.BYPASSED);
            t.require(t.read(owner) == me && t.read(listed) == 0 && t.read(holder) == 1 + me, Rule.I5);
            t.go(process);
        });
        s.at(locked).lock(lock[me]);
        if (mutant == Mutant.AUDIT_FORGETS_OWNER) {
            audit(s, found);
        }
        s.step("wake: owner?", t -> {
            if (t.read(owner) != me) {
                t.go(stale);
            }
        });
        audit(s, found);
        s.choose("", 1, t -> {
            if (t.read(found) != 1 + me) {
                t.go(unlisted);
            }
        });
        unlink("wake", me, s);
        s.choose("", 1, t -> t.write(wasIdle, 1));
        s.at(unlisted).unlock(lock[me]).go(process);
        s.at(stale).unlock(lock[me]).go(turn);
        s.at(process);
    }

    /** What was read under the lock is compared with a flag that is read a moment later. */
    private void audit(Script s, Var found) {
        s.step("wake: listed?", t -> t.write(found, t.read(listed)));
        s.step("Audit.expect", t -> agent.expect(t, t.read(found) == 0, flag));
    }

    private void owner(int me, Script s, Label locked) {
        s.step("Gate.passes: owner?", t -> {
            if (t.read(owner) != me) {
                t.go(locked);
            }
        });
    }

    private void process(int me, Script s, Var wasIdle, Label turn, Label insert) {
        s.step("process: in use?", 2, t -> {
            touch(t, me);
            if (t.read(exchange) == 0) {
                t.go(t.read(wasIdle) == 1 ? insert : turn);
            } else if (t.way() == 1) {
                t.go(turn);
            }
        });
        s.step("detach", t -> {
            touch(t, me);
            t.write(exchange, 0);
        });
    }

    private void insert(int me, Script s, Label turn) {
        boolean late = mutant == Mutant.SET_AFTER_INSERT;
        if (!late) {
            agent.set(s, t -> flag);
        }
        s.lock(lock[me]);
        s.step("insert: link", t -> {
            touch(t, me);
            t.write(listed, 1 + me);
            t.write(holder, LIST);
        });
        s.unlock(lock[me]);
        if (late) {
            agent.set(s, t -> flag);
        }
        s.go(turn);
    }

    private void get(int me, Script s, Label turn) {
        int victim = 1 - me;
        Label steal = new Label();
        Label attach = new Label();
        Label out = new Label();
        boolean ownerInside = mutant != Mutant.OWNER_AFTER_UNLOCK && mutant != Mutant.OWNER_AFTER_CLEAR;
        s.lock(lock[me]);
        s.step("get: listed here?", t -> {
            if (t.read(listed) != 1 + me) {
                t.go(steal);
            }
        });
        unlink("get", me, s);
        s.unlock(lock[me]);
        agent.clear(s, t -> flag);
        s.go(attach);
        s.at(steal).unlock(lock[me]);
        if (mutant != Mutant.F0_TAKEOVER_WITHOUT_LOCK) {
            s.step("takeover: tryLock " + lock[victim].name(), t -> {
                if (!t.tryLock(lock[victim])) {
                    t.go(turn);
                }
            });
        }
        s.step("takeover: listed there?", t -> {
            if (t.read(listed) != 1 + victim) {
                t.go(out);
            }
        });
        if (ownerInside) {
            moveOwner(me, victim, s);
        }
        unlink("takeover", me, s);
        if (clearInside) {
            agent.clear(s, t -> flag);
        }
        unlockVictim(s, victim);
        if (mutant == Mutant.OWNER_AFTER_UNLOCK) {
            moveOwner(me, victim, s);
        }
        if (!clearInside) {
            agent.clear(s, t -> flag);
        }
        if (mutant == Mutant.OWNER_AFTER_CLEAR) {
            moveOwner(me, victim, s);
        }
        s.go(attach);
        s.at(out);
        unlockVictim(s, victim);
        s.go(turn);
        s.at(attach).step("attach: in use", t -> {
            touch(t, me);
            t.require(t.read(flag) == Flag.CLEAR, Rule.I14);
            t.write(exchange, 1);
        });
        s.go(turn);
    }

    private void moveOwner(int me, int victim, Script s) {
        s.step("takeover: C.owner = thief", t -> {
            t.require(t.holds(lock[victim]), Rule.I16);
            t.write(owner, me);
        });
    }

    private void unlockVictim(Script s, int victim) {
        if (mutant != Mutant.F0_TAKEOVER_WITHOUT_LOCK) {
            s.unlock(lock[victim]);
        }
    }

    private void unlink(String who, int me, Script s) {
        s.step(who + ": unlink", t -> {
            t.write(listed, 0);
            if (t.read(holder) == LIST) {
                t.write(holder, 1 + me);
            }
        });
    }

    private void touch(Turn t, int me) {
        t.require(t.read(holder) == 1 + me, Rule.STOLEN);
    }
}
