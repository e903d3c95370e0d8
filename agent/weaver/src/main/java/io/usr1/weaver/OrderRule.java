package io.usr1.weaver;

import java.util.List;
import java.util.stream.Stream;

import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;

/**
 * Every SET and CLEAR stands where the lock of {@code ordered-by} is held, and is not given up before what it speaks of
 * happens.
 *
 * <p>Two threads that mark one carrier must be ordered, or a CLEAR of the one overtakes the SET of the other and a listed
 * connection reads clear: the taker that clears after unlocking while another thread inserts again is the plainest case.
 */
final class OrderRule {

    private final Proof proof;

    OrderRule(Proof proof) {
        this.proof = proof;
    }

    void check(List<MarkPlace> sets, List<MarkPlace> clears) {
        if (proof.target().orderedBy() == null) {
            if (proof.target().ownership() == null && proof.target().carrier() != null) {
                proof.refuse("the target", 0, "neither 'ownership' nor 'ordered-by'", "what orders the marks of one carrier", "name the list's lock in 'ordered-by'");
            }
            return;
        }
        LockSpec lock = proof.target().lock(proof.target().orderedBy());
        proof.note("that a connection's marks are all made under the lock '" + lock.id() + "' of its own pool, where there are several pools, is taken from the target");
        Stream.concat(sets.stream(), clears.stream()).forEach(mark -> check(mark, lock));
    }

    private void check(MarkPlace mark, LockSpec lock) {
        String what = sets(mark) ? "SET" : "CLEAR";
        for (int index : mark.at()) {
            for (Held.Gap gap : Held.at(proof, List.of(lock), mark.method(), mark.code(), index).gaps()) {
                proof.refuse(gap.method(), gap.line(), gap.found() + ", where the " + what + " of " + mark.spec().method() + " at its " + mark.spec().at().name().toLowerCase() + " would be made",
                        "every mark made while it is held", "mark before or after the call inside the lock that inserts or takes, or refuse this library version");
            }
        }
        boolean atCall = mark.call() >= 0;
        boolean gives = !new LockFlow(mark.code(), LockOps.find(mark.code(), lock, proof.classes()).ops()).faults().isEmpty();
        if (!atCall && (gives || Covered.waits(mark.code()))) {
            proof.refuse(mark.method(), mark.line(), "a " + what + " in a method that gives lock '" + lock.id() + "' up on the way", "the mark and what it speaks of in one critical section",
                    "mark before or after the call that inserts or takes");
        }
        if (atCall && mark.spec().at() == MarkSpec.At.AFTER && mark.code().next(mark.call()).size() != 1) {
            proof.refuse(mark.method(), MethodCode.line(mark.code().at(mark.call())), "a call with several ways on", "one", "mark elsewhere");
        }
    }

    private boolean sets(MarkPlace mark) {
        return proof.target().sets().contains(mark.spec());
    }
}
