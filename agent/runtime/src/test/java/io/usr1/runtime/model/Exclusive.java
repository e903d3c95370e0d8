package io.usr1.runtime.model;

import io.usr1.runtime.Flag;

/**
 * A region bypass with {@code exclusive}: the callers of the site are serialised by something of the library's own, here
 * {@code serial}; the region unlinks what is listed, and counts in a plain field that was guarded by the lock until now.
 * Insert and take run on a third thread, marks inside the list's lock.
 *
 * <p>Why it is sound: the marks make "not listed" right at the read of the flag, as for {@link Answer}, and the serial callers make
 * the count right without the lock. The third thread need not be serialised with them.
 */
final class Exclusive extends Model {

    private static final int LIST = 9;

    private final Mutant mutant;
    private final Agent agent;
    private final Var lock = own("L", 0);
    private final Var serial = own("serial", 0);
    private final Var flag = shared("flag", Flag.UNKNOWN);
    private final Var listed = shared("C.listed", 0);
    /** The waived counter, and as a ghost what it ought to be. */
    private final Var wakes = shared("wakes", 0);
    private final Var calls = own("calls", 0);
    /** Ghost: who may touch the connection, 1 + thread or {@link #LIST}. */
    private final Var holder = own("holder", 1);

    Exclusive(int ops, int flips, Mutant mutant) {
        this.mutant = mutant;
        agent = new Agent(this, mutant);
        user(0, thread("user"), ops + 1);
        caller(1, thread("first"), ops, true);
        caller(2, thread("second"), ops, mutant != Mutant.SECOND_CALLER);
        if (flips > 0) {
            agent.operator(this, flips);
        }
        always.put(Rule.I1_I2, s -> s.value(lock) != 0 || s.value(listed) == 0 || s.value(flag) != Flag.CLEAR);
        atEnd.put(Rule.LOCK_LEFT, s -> s.value(lock) + s.value(serial) == 0);
        atEnd.put(Rule.I17, s -> s.value(wakes) == s.value(calls));
    }

    /** Has the connection in use, lists it, takes it back. */
    private void user(int me, Script s, int ops) {
        Label nothing = new Label();
        for (int i = 0; i < ops; i++) {
            insert(me, s);
            s.lock(lock);
            s.step("take: listed?", t -> {
                if (t.read(listed) == 0) {
                    t.go(nothing);
                }
            });
            s.step("take: unlink", t -> {
                t.write(listed, 0);
                t.write(holder, 1 + me);
            });
            agent.clear(s, t -> flag);
            s.unlock(lock);
        }
        Label end = new Label();
        s.go(end);
        s.at(nothing).unlock(lock);
        s.at(end);
    }

    private void insert(int me, Script s) {
        s.lock(lock);
        if (mutant != Mutant.SET_AFTER_INSERT) {
            agent.set(s, t -> flag);
        }
        s.step("insert: link", t -> {
            touch(t, me);
            t.write(listed, 1);
            t.write(holder, LIST);
        });
        s.unlock(lock);
        if (mutant == Mutant.SET_AFTER_INSERT) {
            agent.set(s, t -> flag);
        }
    }

    private void caller(int me, Script s, int ops, boolean serialised) {
        Var found = own(s.thread + ".found", 0);
        for (int i = 0; i < ops; i++) {
            Label locked = new Label();
            Label unlisted = new Label();
            Label out = new Label();
            if (serialised) {
                s.lock(serial);
            }
            agent.passes(s, locked, t -> flag, t -> t.require(t.read(listed) == 0, Rule.I5));
            s.choose("bypass", 1, t -> t.require(false, Rule.BYPASSED));
            count(s, found);
            s.go(out);
            s.at(locked).lock(lock);
            count(s, found);
            s.step("site: listed?", t -> {
                agent.expect(t, t.read(listed) == 0, flag);
                if (t.read(listed) == 0) {
                    t.go(unlisted);
                }
            });
            s.step("site: unlink", t -> {
                t.write(listed, 0);
                t.write(holder, 1 + me);
            });
            s.unlock(lock);
            s.step("site: uses it, keeps it", t -> touch(t, me));
            s.go(out);
            s.at(unlisted).unlock(lock);
            s.at(out);
            if (serialised) {
                s.unlock(serial);
            }
        }
    }

    /** {@code wakes++}, which is a read and a write. */
    private void count(Script s, Var found) {
        s.step("site: reads its counter", t -> {
            t.write(found, t.read(wakes));
            t.add(calls, 1);
        });
        s.step("site: writes it", t -> {
            t.write(wakes, t.read(found) + 1);
            t.write(found, 0);
        });
    }

    private void touch(Turn t, int me) {
        t.require(t.read(holder) == 1 + me, Rule.STOLEN);
    }
}
