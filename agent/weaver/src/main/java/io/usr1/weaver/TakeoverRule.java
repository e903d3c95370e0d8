package io.usr1.weaver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;

import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A takeover runs while one of the target's locks is held, and the connection leaves the list before that lock is given
 * back.
 *
 * <p>I4 and I6 (the old owner's locked wake sees either all of a takeover or nothing), F1 and F2. Leaving the list inside
 * matters because a new carrier may be CLEAR from birth: I1 allows it to be clear while still listed only until unlock.
 */
final class TakeoverRule {

    private static final int DEPTH = 3;

    private final Proof proof;
    private final List<GuardedField> listed;

    /** @param listed the fields that say that a connection is listed */
    TakeoverRule(Proof proof, List<GuardedField> listed) {
        this.proof = proof;
        this.listed = listed;
    }

    void check() {
        proof.method(proof.ownership().takeover()).ifPresent(takeover -> {
            Held.Ways ways = Held.wherever(proof, proof.target().locks(), takeover);
            for (Held.Gap gap : ways.gaps()) {
                proof.refuse(gap.method(), gap.line(), gap.found(), "a takeover that is only called while one of the target's locks is held",
                        "observe the acquisition of that lock, so that its class is read, or refuse this library version");
            }
            ways.places().forEach(this::leaves);
        });
    }

    private void leaves(Held.Place place) {
        if (place.through().stream().noneMatch(method -> leaves(method, DEPTH)) && !leavesWhileHeld(place)) {
            proof.refuse(place.method(), MethodCode.line(place.code().at(place.index())),
                    "a takeover after which the connection still counts as listed (" + names() + ")",
                    "that field false, 0 or null before the lock is given back", "refuse this library version");
        }
    }

    private boolean leavesWhileHeld(Held.Place place) {
        MethodCode code = place.code();
        List<MethodInsnNode> calls = new ArrayList<>();
        Set<GuardedField> open = new HashSet<>(listed);
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && place.held(i)) {
                remove(code, i, open);
                if (code.at(i) instanceof MethodInsnNode call) {
                    calls.add(call);
                }
            }
        }
        return open.isEmpty() || calls.stream().anyMatch(call -> proof.classes().bound(call).filter(callee -> leaves(callee, DEPTH - 1)).isPresent());
    }

    /** True if the method, or one that it certainly calls, writes false, 0 or null to the fields that say "listed". */
    private boolean leaves(Classes.Method method, int depth) {
        Optional<MethodCode> code = method.node().instructions.size() == 0 ? Optional.empty() : proof.code(method);
        Set<GuardedField> open = new HashSet<>(listed);
        for (int i = 0; code.isPresent() && i < code.get().size() && !open.isEmpty(); i++) {
            if (code.get().reachable(i)) {
                remove(code.get(), i, open);
                if (depth > 0 && code.get().at(i) instanceof MethodInsnNode call
                        && proof.classes().bound(call).filter(callee -> !callee.owner().name.startsWith("java/") && leaves(callee, depth - 1)).isPresent()) {
                    open.clear();
                }
            }
        }
        return open.isEmpty();
    }

    private void remove(MethodCode code, int index, Set<GuardedField> open) {
        open.removeIf(field -> field.isWrite(proof.classes(), code.at(index))
                && new GuardedField.Write(code.owner(), code.method(), code.at(index), code.stack(index, 1), code.stack(index, 0)).writesZero());
    }

    private String names() {
        return String.join(", ", listed.stream().map(GuardedField::toString).sorted().toList());
    }
}
