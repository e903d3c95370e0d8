package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.LockSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;

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
    private final Set<String> asked = new HashSet<>();

    /** @param listed the fields that say that a connection is listed */
    TakeoverRule(Proof proof, List<GuardedField> listed) {
        this.proof = proof;
        this.listed = listed;
    }

    void check() {
        proof.method(proof.ownership().takeover()).ifPresent(takeover -> {
            if (takeover.is(ACC_PUBLIC | ACC_PROTECTED) && (takeover.owner().access & ACC_PUBLIC) != 0) {
                proof.refuse(takeover, 0, "a takeover that any class may call", "one whose callers can be listed", "refuse this library version");
            }
            callers(takeover, leaves(takeover, DEPTH), DEPTH);
        });
    }

    private void callers(Classes.Method callee, boolean left, int depth) {
        if (!asked.add(callee.owner().name + callee.node().name + callee.node().desc)) {
            return;
        }
        Optional<List<Callers.Call>> calls = Callers.of(proof, callee);
        if (calls.isEmpty() || calls.get().isEmpty()) {
            proof.refuse(callee, 0, calls.isEmpty() ? "a method reference or code that cannot be followed" : "no caller in the classes of the target",
                    "the place that takes the victim's lock and calls it", "observe the acquisition of that lock, so that its class is read");
            return;
        }
        calls.get().forEach(call -> locked(call.method(), call.code(), call.index(), callee, left, depth));
    }

    private void locked(Classes.Method caller, MethodCode code, int index, Classes.Method callee, boolean left, int depth) {
        proof.rely(caller.owner());
        for (LockSpec lock : proof.target().locks()) {
            LockFlow flow = new LockFlow(code, LockOps.find(code, lock, proof.classes()).ops());
            if (flow.faults().isEmpty() && !flow.acquires().isEmpty() && flow.held(index)) {
                if (!left && !leavesWhileHeld(code, flow)) {
                    proof.refuse(caller, MethodCode.line(code.at(index)), "a takeover after which the connection still counts as listed (" + names() + ")",
                            "that field false, 0 or null before the lock is given back", "refuse this library version");
                }
                return;
            }
        }
        boolean hidden = caller.is(ACC_PRIVATE) || !caller.is(ACC_PUBLIC | ACC_PROTECTED) || (caller.owner().access & ACC_PUBLIC) == 0;
        if (depth > 0 && hidden && Callers.of(proof, caller).filter(calls -> !calls.isEmpty()).isPresent()) {
            callers(caller, left || leaves(caller, DEPTH), depth - 1);
        } else {
            proof.refuse(caller, MethodCode.line(code.at(index)), "a call of " + Names.method(callee.owner(), callee.node()) + " without one of the target's locks",
                    "it inside a region of one of them", "refuse this library version");
        }
    }

    private boolean leavesWhileHeld(MethodCode code, LockFlow flow) {
        List<MethodInsnNode> calls = new ArrayList<>();
        Set<GuardedField> open = new HashSet<>(listed);
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && flow.held(i)) {
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
