package io.usr1.weaver;

import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A takeover runs while one of the target's locks is held, and on every way from its replacing a carrier to the release
 * of that lock it replaces the carriers of all layers, nulls the context of each old one, and the connection leaves the list.
 *
 * <p>I4 and I6 (the old owner's locked wake sees either all of a takeover or nothing), F1 and F2. Leaving the list inside
 * matters because a new carrier may be CLEAR from birth: I1 allows it to be clear while still listed only until unlock.
 * C3: a layer with a handle of its own is stolen with the others, in the same lock hold, or the old thread runs it.
 */
final class TakeoverRule {

    private static final String REFUSE = "refuse this library version";
    private static final String READ = "name the class that takes the lock and calls it in 'reads', or refuse this library version";

    private final Proof proof;
    private final Ownership.ReplacesCarrier ownership;
    private final List<GuardedField> listed;

    /** @param listed the fields that say that a connection is listed */
    TakeoverRule(Proof proof, Ownership.ReplacesCarrier ownership, List<GuardedField> listed) {
        this.proof = proof;
        this.ownership = ownership;
        this.listed = listed;
    }

    void check() {
        Optional<Classes.Method> found = proof.method(ownership.takeover());
        Optional<MethodCode> code = found.flatMap(proof::code);
        if (code.isEmpty()) {
            return;
        }
        Held.Ways ways = Held.wherever(proof, proof.target().locks(), found.get());
        for (Held.Gap gap : ways.gaps()) {
            proof.refuse(gap.method(), gap.line(), gap.found(), "a takeover that is only called while one of the target's locks is held", READ);
        }
        Replacing replacing = new Replacing(proof, ownership);
        new TakenFirst(proof, listed, replacing, "the carrier is not replaced yet", "no CLEAR of the carrier that the old owner may still wake").check();
        Unlisting unlisting = new Unlisting(proof, listed, replacing);
        Sym taken = unlisting.taken(code.get());
        if (taken == null) {
            return; // No such write, or of several connections; refused by the rule of the ownership.
        }
        Steps inside = unlisting.of(code.get(), taken);
        keepsLock(found.get(), code.get());
        boolean halves = halves(found.get(), replacing, inside.returning(), "a way through the takeover")
                | halves(found.get(), replacing, inside.thrown(), "an exception that may leave the takeover");
        if (halves) {
            return;
        }
        if (unlisting.open(inside.thrown())) {
            refuse(found.get(), 0, "an exception that may leave the takeover after it replaced the carrier and before the connection is unlisted");
        }
        ways.places().forEach(place -> around(place, unlisting, taken, inside.returning()));
        ways.places().forEach(this::instance);
    }

    /** All layers or none, on every way: what the takeover leaves undone nothing else may do. */
    private boolean halves(Classes.Method takeover, Replacing replacing, BitSet masks, String way) {
        Optional<Ownership.Layer> lacking = masks.stream().filter(mask -> replacing.begun(mask) && !replacing.whole(mask)).mapToObj(replacing::lacking).findFirst();
        lacking.ifPresent(layer -> proof.refuse(takeover, 0, way + " on which it has begun and not replaced the carrier" + proof.of(layer) + " and nulled the old one's context",
                "every layer's carrier replaced and every old one's context nulled, or nothing of it", REFUSE));
        return lacking.isPresent();
    }

    private void keepsLock(Classes.Method method, MethodCode code) {
        new KeepsLock(proof, proof.target().locks()).givenUp(method, code).ifPresent(lock ->
                proof.refuse(method, 0, "a takeover that gives lock '" + lock.id() + "' up on the way", "the connection taken in one lock hold", REFUSE));
    }

    /** From the takeover outwards, method by method, to where the lock is given back. */
    private void around(Held.Place place, Unlisting unlisting, Sym taken, BitSet does) {
        Sym connection = taken;
        BitSet masks = does;
        for (int i = place.through().size() - 1; i >= 0 && unlisting.open(masks); i--) {
            Classes.Method callee = place.through().get(i);
            Classes.Method caller = i == 0 ? place.method() : place.through().get(i - 1);
            if (i > 0) {
                proof.code(caller).ifPresent(code -> keepsLock(caller, code));
            }
            BitSet after = new BitSet();
            Sym outside = null;
            for (Callers.Call call : Callers.of(proof, callee).orElse(List.of())) {
                if (call.method().node() == caller.node() && (i > 0 || call.index() == place.index())) {
                    outside = connection instanceof Sym.Argument argument ? call.argument(argument.index()) : new Sym.Opaque(1);
                    Steps steps = unlisting.around(call.code(), outside, call.index(), masks);
                    after.or(i > 0 ? steps.returning() : left(place, steps));
                    after.or(i > 0 ? steps.thrown() : new BitSet());
                }
            }
            connection = outside;
            masks = after;
        }
        if (unlisting.open(masks)) {
            refuse(place.method(), MethodCode.line(place.code().at(place.index())), "a takeover after which the connection may still count as listed ("
                    + names() + ")");
        }
    }

    /** With what the lock is given back. */
    private static BitSet left(Held.Place place, Steps steps) {
        BitSet masks = new BitSet();
        for (int i = 0; i < place.code().size(); i++) {
            for (int next : place.code().next(i)) {
                if (place.code().reachable(i) && place.held(i) && !place.held(next)) {
                    masks.or(steps.before(i));
                }
            }
        }
        if (place.flow() == null) {
            masks.or(steps.returning());
        }
        return masks;
    }

    /** That the lock is the one of the list which the connection is in can be seen if the takeover is that list's own method. */
    private void instance(Held.Place place) {
        Sym list = Sym.THIS;
        for (int i = place.through().size() - 1; i >= 0 && list instanceof Sym.Argument argument; i--) {
            Classes.Method caller = i == 0 ? place.method() : place.through().get(i - 1);
            int only = i == 0 ? place.index() : -1;
            List<Callers.Call> calls = Callers.of(proof, place.through().get(i)).orElse(List.of()).stream()
                    .filter(call -> call.method().node() == caller.node() && (only < 0 || call.index() == only)).toList();
            list = calls.size() == 1 ? calls.get(0).argument(argument.index()) : new Sym.Opaque(1);
        }
        boolean own = place.lock().place().owner().equals(ownership.takeover().owner()) && (place.flow() == null
                ? list.equals(Sym.THIS) : locks(place, list));
        if (!own) {
            proof.note("That the lock '" + place.lock().id() + "' which " + Names.method(place.method().owner(), place.method().node())
                    + " holds is that of the list which the connection is in is taken from the target.");
        }
    }

    private static boolean locks(Held.Place place, Sym list) {
        for (LockOp acquire : place.flow().acquires()) {
            if (place.flow().heldBy(place.index(), acquire)) {
                return acquire.lock() instanceof Sym.FieldOf field && field.owner() != null && Sym.same(field.owner(), list);
            }
        }
        return false;
    }

    private void refuse(Classes.Method where, int line, String found) {
        proof.refuse(where, line, found, names() + " false, 0 or null on every way before the lock is given back", REFUSE);
    }

    private String names() {
        return String.join(", ", listed.stream().map(GuardedField::toString).sorted().toList());
    }
}
