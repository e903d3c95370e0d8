package io.usr1.runtime.model;

import io.usr1.runtime.Flag;

/**
 * The bypasses {@code answer} ("is it listed?" is answered with no) and {@code skip} (a locked remove is left out), with
 * <em>linearizes</em>: one list, one lock, any thread may call anything, a second release of what is listed included.
 *
 * <p>Why it is sound: SET comes before the insert, CLEAR after the unlink, both inside the list's lock. So whoever reads CLEAR reads
 * it at a moment when the connection was not listed, and "no" is what a locked call would have said at that moment.
 */
final class Answer extends Model {

    private final Mutant mutant;
    private final Agent agent;
    private final Var lock = own("L", 0);
    private final Var flag = shared("flag", Flag.UNKNOWN);
    private final Var listed = shared("C.listed", 0);
    private final Var unmarkable;
    /** Ghost: a locked call may say "not listed": it is not, or is being taken, or is just being put in. */
    private final Var out = own("out", 1);
    /** Ghost, per thread: {@link #out} was true at some moment of this thread's call. */
    private final Var[] wasOut;
    /** Ghost, per thread: {@link #out} as of the read of the flag. */
    private final Var[] outAtRead;

    Answer(int threads, int ops, int flips, int unmarkable, Mutant mutant) {
        this.mutant = mutant;
        this.unmarkable = own("unmarkable", unmarkable);
        this.wasOut = own("wasOut", threads, 0);
        this.outAtRead = own("outAtRead", threads, 0);
        agent = new Agent(this, mutant);
        for (int i = 0; i < threads; i++) {
            caller(i, thread("P" + i), ops);
        }
        if (flips > 0) {
            agent.operator(this, flips);
        }
        always.put(Rule.I1_I2, s -> s.value(agent.shut) != 0 || s.value(lock) != 0 || s.value(listed) == 0 || s.value(flag) != Flag.CLEAR);
        atEnd.put(Rule.LOCK_LEFT, s -> s.value(lock) == 0);
    }

    private void caller(int me, Script s, int ops) {
        Var left = own(s.thread + ".left", ops);
        Label turn = new Label();
        Label insert = new Label();
        Label take = new Label();
        Label query = new Label();
        Label remove = new Label();
        Label end = new Label();
        Label[] calls = {insert, take, query, remove};
        s.at(turn).choose("", 1 + calls.length, t -> {
            t.write(wasOut[me], 0);
            t.write(outAtRead[me], 0);
            if (t.way() == 0) {
                t.write(left, 0);
                t.go(end);
            } else if (t.read(left) == 0) {
                t.block();
            } else {
                t.add(left, -1);
                t.go(calls[t.way() - 1]);
            }
        });
        s.at(insert);
        insert(s, turn);
        s.at(query);
        query(me, s, turn);
        s.at(remove);
        passes(me, s, turn, take); // a skipped remove is an answer: "there was nothing to remove"
        s.at(take);
        take(s, turn);
        s.at(end);
    }

    private void insert(Script s, Label turn) {
        Label refused = new Label();
        Label link = new Label();
        Label shut = new Label();
        boolean outside = mutant == Mutant.MARKS_OUTSIDE_LOCK;
        boolean late = mutant == Mutant.SET_AFTER_INSERT;
        if (outside) {
            agent.set(s, t -> flag);
        }
        s.lock(lock);
        s.step("insert: listed already?", t -> {
            if (t.read(listed) != 0) {
                t.go(refused);
            }
        });
        s.choose("insert: carrier", 3, t -> {
            if (t.way() == 1) {
                t.go(refused); // no room
            } else if (t.way() == 2) {
                if (t.read(unmarkable) == 0) {
                    t.block();
                }
                t.add(unmarkable, -1);
                t.go(shut);
            }
        });
        if (!outside && !late) {
            agent.set(s, t -> flag);
        }
        s.at(link).step("insert: link", t -> t.write(listed, 1));
        s.step("unlock L", t -> {
            t.unlock(lock);
            t.write(out, 0);
        });
        if (late) {
            agent.set(s, t -> flag);
        }
        s.go(turn);
        s.at(shut);
        agent.shut(s);
        s.go(link);
        s.at(refused).unlock(lock);
        if (mutant == Mutant.REFUSED_INSERT_CLEARS) {
            agent.clear(s, t -> flag);
        }
        s.go(turn);
    }

    private void take(Script s, Label turn) {
        Label nothing = new Label();
        boolean outside = mutant == Mutant.MARKS_OUTSIDE_LOCK;
        boolean early = mutant == Mutant.CLEAR_BEFORE_UNLINK;
        if (early) {
            agent.clear(s, t -> flag);
        }
        s.lock(lock);
        s.step("take: listed?", t -> {
            if (t.read(listed) == 0) {
                t.go(nothing);
            } else {
                t.write(out, 1);
                for (Var caller : wasOut) {
                    t.write(caller, 1);
                }
            }
        });
        s.step("take: unlink", t -> t.write(listed, 0));
        if (!outside && !early) {
            agent.clear(s, t -> flag);
        }
        s.unlock(lock);
        if (outside) {
            agent.clear(s, t -> flag);
        }
        s.go(turn);
        s.at(nothing).unlock(lock).go(turn);
    }

    private void query(int me, Script s, Label turn) {
        Label locked = new Label();
        passes(me, s, turn, locked);
        s.at(locked).lock(lock);
        s.step("query: listed?", t -> agent.expect(t, t.read(listed) == 0, flag));
        s.unlock(lock).go(turn);
    }

    private void passes(int me, Script s, Label turn, Label locked) {
        s.step("call", t -> t.write(wasOut[me], t.read(out)));
        agent.passes(s, locked, t -> flag, t -> t.write(outAtRead[me], t.read(out)));
        s.step("answer: not listed", t -> {
            t.require(false, Rule.BYPASSED);
            t.require(t.read(outAtRead[me]) == 1, Rule.AT_THE_READ);
            t.require(t.read(wasOut[me]) == 1, Rule.ANSWER);
            t.go(turn);
        });
    }
}
