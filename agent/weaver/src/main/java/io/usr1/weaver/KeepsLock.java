package io.usr1.weaver;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.LockSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;

import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Whether a method that runs while one of some locks is held keeps it until it returns: neither it nor what it is certain to
 * call gives it back, or waits on it, in the middle.
 *
 * <p>E2, I11: two critical sections are not one, however short the time between them.
 */
final class KeepsLock {

    private static final int DEPTH = 3;

    private final Proof proof;
    private final List<LockSpec> locks;
    private final Set<Object> seen = new HashSet<>();

    KeepsLock(Proof proof, List<LockSpec> locks) {
        this.proof = proof;
        this.locks = locks;
    }

    /** The lock that is given up; empty if none is. */
    Optional<LockSpec> givenUp(Classes.Method method, MethodCode code) {
        return givenUp(method, code, DEPTH);
    }

    private Optional<LockSpec> givenUp(Classes.Method method, MethodCode code, int depth) {
        if (!seen.add(method.node())) {
            return Optional.empty();
        }
        proof.rely(method.owner());
        Optional<LockSpec> found = locks.stream().filter(lock -> Covered.waits(code) || gives(code, lock)).findFirst();
        for (int i = 0; i < code.size() && depth > 0 && found.isEmpty(); i++) {
            if (code.at(i) instanceof MethodInsnNode call && code.reachable(i) && !call.owner.startsWith("java/")) {
                int deeper = depth - 1;
                found = proof.classes().bound(call).filter(callee -> callee.node().instructions.size() > 0)
                        .flatMap(callee -> proof.code(callee).flatMap(body -> givenUp(callee, body, deeper)));
            }
        }
        return found;
    }

    private boolean gives(MethodCode code, LockSpec lock) {
        List<LockOp> ops = LockOps.find(code, lock, proof.classes()).ops();
        LockFlow flow = new LockFlow(code, ops);
        return ops.size() > flow.acquires().size() && !flow.faults().isEmpty();
    }
}
