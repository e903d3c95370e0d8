package io.usr1.weaver;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

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
        stays(lock);
        Stream.concat(sets.stream(), clears.stream()).forEach(mark -> check(mark, lock));
    }

    /** Another object in the field would be another lock, and two marks under two locks are in no order. */
    private void stays(LockSpec lock) {
        if (lock.place() instanceof LockPlace.Field place) {
            proof.classes().field(Names.internal(place.owner()), place.field().name()).ifPresent(field -> {
                if (LockRule.replaceable(field)) {
                    proof.refuse(place.toString(), 0, "a lock that any class may replace", "a field that is final, private or package-private", "name another lock in 'ordered-by'");
                }
                proof.guard(new GuardedField(field.owner().name, field.node().name, "a write in a constructor or static initialiser, because the marks are ordered by the lock in it",
                        "refuse this library version", List.of(write -> write.inInitializerOf(field.owner().name))));
            });
        }
    }

    private void check(MarkPlace mark, LockSpec lock) {
        String what = sets(mark) ? "SET" : "CLEAR";
        // Where the call takes the lock by itself the weaver takes it around the mark too; see TakesRule.
        for (int index : mark.spec().takes() == null ? mark.at() : List.<Integer>of()) {
            Held.Ways ways = Held.at(proof, List.of(lock), mark.method(), mark.code(), index);
            ownList(mark, lock, what, index, ways);
            for (Held.Gap gap : ways.gaps()) {
                proof.refuse(gap.method(), gap.line(), gap.found() + ", where the " + what + " of " + mark.spec().method() + " at its " + mark.spec().at().name().toLowerCase() + " would be made",
                        "every mark made while it is held", "mark before or after the call inside the lock that inserts or takes, or refuse this library version");
            }
        }
        boolean atCall = mark.call() >= 0;
        KeepsLock keeps = new KeepsLock(proof, List.of(lock));
        boolean gives = atCall ? called(mark).filter(callee -> proof.code(callee).flatMap(code -> keeps.givenUp(callee, code)).isPresent()).isPresent()
                : keeps.givenUp(mark.method(), mark.code()).isPresent();
        if (gives) {
            proof.refuse(mark.method(), mark.line(), "a " + what + " in a method that gives lock '" + lock.id() + "' up on the way", "the mark and what it speaks of in one critical section",
                    "mark before or after the call that inserts or takes");
        }
        if (atCall && mark.spec().at() == MarkSpec.At.AFTER && mark.code().next(mark.call()).size() != 1) {
            proof.refuse(mark.method(), MethodCode.line(mark.code().at(mark.call())), "a call with several ways on", "one", "mark elsewhere");
        }
    }

    /** What the call that a mark stands before is certain to run. */
    private Optional<Classes.Method> called(MarkPlace mark) {
        MethodInsnNode call = (MethodInsnNode) mark.code().at(mark.call());
        return mark.spec().at() != MarkSpec.At.BEFORE || call.owner.startsWith("java/") ? Optional.empty()
                : proof.classes().bound(call).filter(callee -> callee.node().instructions.size() > 0);
    }

    /** Where each list is its own lock, the one that is held there is that of the list which the call is made on. */
    private void ownList(MarkPlace mark, LockSpec lock, String what, int index, Held.Ways ways) {
        boolean own = mark.call() >= 0 && lock.place() instanceof LockPlace.ValueOf map && map.field().equals(mark.spec().call().on());
        for (Held.Place place : own ? ways.places() : List.<Held.Place>of()) {
            Sym list = mark.code().stack(mark.call(), Type.getArgumentTypes(((MethodInsnNode) mark.code().at(mark.call())).desc).length);
            if (place.through().isEmpty() && place.flow().acquires().stream().noneMatch(taken -> place.flow().heldBy(index, taken) && Sym.same(taken.lock(), list))) {
                proof.refuse(mark.method(), MethodCode.line(mark.code().at(index)), "a " + what + " for " + Names.of(list) + " of " + map(lock) + " under the monitor of what may be another one",
                        "the monitor of the very list", "refuse this library version");
            }
        }
    }

    private static String map(LockSpec lock) {
        return ((LockPlace.ValueOf) lock.place()).field().toString();
    }

    private boolean sets(MarkPlace mark) {
        return proof.target().sets().contains(mark.spec());
    }
}
