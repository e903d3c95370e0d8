package io.usr1.runtime.model;

import io.usr1.runtime.Flag;

/**
 * HAProxy's protocol: a region bypass with {@code replaces-carrier}. One connection, two loops that each may own it, list it, pick
 * it from their own list and take it over from the other's; wakes at any moment, late ones of stolen carriers included.
 *
 * <p>Why it is sound, in one breath: a carrier is run by one thread, and that thread is the one that sets it before it lists its
 * connection and clears it after it has it back. A stolen carrier was SET when it was listed and is nobody's handle any more,
 * so nothing ever clears it. Hence CLEAR means: not listed, not stolen.
 *
 * <p>With two layers, as HAProxy's mux and SSL, each connection has two carriers at a time, and all of this is said of each.
 */
final class ReplacesCarrier extends Model {

    static final int LOOPS = 2;
    static final int CARRIERS = 3;
    /** {@link #holder} while the connection belongs to nobody but the list's lock. */
    static final int LIST = 9;

    /**
     * How much each thread may do before it only waits for the others.
     *
     * @param born   carriers are CLEAR from birth: {@code new: not-idle}
     * @param layers how many carriers a connection has at a time
     */
    record Scenario(String name, int ownerOps, int thiefOps, int flips, int purges, int unmarkable, boolean born, int layers) {

        Scenario(String name, int ownerOps, int thiefOps, int flips, int purges, int unmarkable, boolean born) {
            this(name, ownerOps, thiefOps, flips, purges, unmarkable, born, 1);
        }
    }

    final Mutant mutant;
    final Scenario scenario;
    final Agent agent;
    final Var[] lock = own("L", LOOPS, 0);
    /** One per carrier, those of the upper layer first: the flag, the connection or null; and the upper one's timer. */
    final Var[] flag;
    final Var[] context;
    final Var[] timer = shared("timer", CARRIERS, 0);
    /** Which loop runs the carrier; never changed. */
    final Var[] loop;
    final Var[] queued;
    final Var[] retired;
    /** How many each layer has had. */
    final Var carriers = own("carriers", 0);

    /** The connection: its carrier (that of the lower layer below), 1 + the loop whose idle list it is in, the same for purge lists, and what it is at. */
    final Var carrier = shared("C.carrier", 0);
    final Var lower;
    final Var listed = shared("C.listed", 0);
    final Var purging = shared("C.purging", 0);
    final Var status = shared("C.status", 0);
    final Var exchange = shared("C.exchange", 1);
    final Var closed = shared("C.closed", 0);
    final Var[] count = shared("count", LOOPS, 0);
    final Var unmarkable;
    final Var[] done = own("done", LOOPS + 1, 0);

    /** Ghost: who may touch the connection, 1 + thread or {@link #LIST}. */
    final Var holder = own("holder", 1);

    ReplacesCarrier(Scenario scenario, Mutant mutant) {
        this.scenario = scenario;
        this.mutant = mutant;
        int all = CARRIERS * scenario.layers();
        flag = shared("flag", all, Flag.UNKNOWN);
        context = shared("context", all, 0);
        loop = own("loop", all, -1);
        queued = own("queued", all, 0);
        retired = own("retired", all, 0);
        lower = scenario.layers() > 1 ? shared("C.lower.carrier", CARRIERS) : null;
        agent = new Agent(this, mutant);
        unmarkable = own("unmarkable", scenario.unmarkable());
        new Loop(this, 0, thread("A"), scenario.ownerOps()).write();
        new Loop(this, 1, thread("B"), scenario.thiefOps()).write();
        if (scenario.purges() > 0) {
            purger();
        }
        if (scenario.flips() > 0) {
            agent.operator(this, scenario.flips());
        }
        rules();
    }

    /** The carrier whose flag speaks for carrier {@code k}. */
    Var flag(int k) {
        return flag[mutant == Mutant.FLAG_ON_CONNECTION ? 0 : k];
    }

    /** The connection's carrier in that layer. */
    Var carrier(int layer) {
        return layer == 0 ? carrier : lower;
    }

    private boolean made(State s, int k) {
        return s.value(carriers) > k % CARRIERS && s.value(loop[k]) >= 0;
    }

    private void rules() {
        always.put(Rule.I1_I2, s -> {
            for (int layer = 0; layer < scenario.layers(); layer++) {
                if (s.value(agent.shut) == 0 && quiet(s) && s.value(listed) != 0 && s.value(flag(s.value(carrier(layer)))) == Flag.CLEAR) {
                    return false;
                }
            }
            return true;
        });
        always.put(Rule.I4, s -> {
            for (int k = 0; k < context.length; k++) {
                boolean stolen = made(s, k) && s.value(context[k]) == 0 && quiet(s);
                if (stolen && s.value(agent.shut) == 0 && (s.value(flag(k)) == Flag.CLEAR || s.value(carrier(k / CARRIERS)) == k)) {
                    return false;
                }
            }
            return true;
        });
        always.put(Rule.I10, s -> !quiet(s) || (s.value(listed) == 0 || s.value(purging) == 0)
            && (s.value(closed) == 0 || s.value(listed) + s.value(purging) == 0));
        atEnd.put(Rule.LOCK_LEFT, this::quiet);
        atEnd.put(Rule.LOST, s -> s.value(closed) + s.value(exchange) + s.value(listed) + s.value(purging) > 0);
        atEnd.put(Rule.I13, s -> {
            for (int k = 0; k < context.length; k++) {
                if (made(s, k) && s.value(context[k]) == 0 && s.value(retired[k]) == 0) {
                    return false;
                }
            }
            return true;
        });
        atEnd.put(Rule.I17, s -> s.value(count[0]) == (s.value(listed) == 1 ? 1 : 0)
            && s.value(count[1]) == (s.value(listed) == 2 ? 1 : 0));
    }

    private boolean quiet(State s) {
        return s.value(lock[0]) + s.value(lock[1]) == 0;
    }

    /** Another thread that moves A's idle connections to A's purge list, for A to close. */
    private void purger() {
        Script s = thread("purger");
        Label out = new Label();
        s.lock(lock[0]);
        s.step("purge: listed?", t -> {
            if (t.read(listed) != 1) {
                t.go(out);
            }
        });
        s.step("purge: unlink", t -> {
            t.require(t.holds(lock[0]), Rule.I6);
            t.write(listed, 0);
            t.write(holder, 1); // on its way to being closed, which only A does
        });
        s.step("purge: count", t -> t.add(count[0], -1));
        if (mutant == Mutant.E1_UNLOCK_BEFORE_PURGE_LIST) {
            s.unlock(lock[0]);
            s.lock(lock[0]);
        }
        s.step("purge: link into the purge list", t -> t.write(purging, 1));
        s.at(out).unlock(lock[0]);
        s.step("purge: done", t -> t.write(done[LOOPS], 1));
    }
}
