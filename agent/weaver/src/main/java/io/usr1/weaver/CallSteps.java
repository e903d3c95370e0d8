package io.usr1.weaver;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/** Where in a method another one has certainly been called: mask 1 after each call of it. */
record CallSteps(Proof proof, MethodCode code, Classes.Method called) implements Steps.Effect {

    private static final int DEPTH = 3;

    @Override public BitSet of(int index) {
        BitSet ways = new BitSet();
        ways.set(1, code.at(index) instanceof MethodInsnNode call && runs(proof, call, called));
        return ways;
    }

    @Override public boolean mayThrow(MethodInsnNode call) {
        return true;
    }

    /** Whether the instruction calls that method, itself or through a few that it is certain to call. */
    static boolean reaches(Proof proof, MethodCode code, int index, Classes.Method wanted) {
        return code.at(index) instanceof MethodInsnNode call && reaches(proof, call, wanted, DEPTH, new HashSet<>());
    }

    private static boolean reaches(Proof proof, MethodInsnNode call, Classes.Method wanted, int depth, Set<Object> seen) {
        if (runs(proof, call, wanted)) {
            return true;
        }
        Optional<MethodCode> body = call.owner.startsWith("java/") || depth == 0 ? Optional.empty()
                : proof.classes().bound(call).filter(callee -> callee.node().instructions.size() > 0 && seen.add(callee.node())).flatMap(proof::code);
        for (int i = 0; body.isPresent() && i < body.get().size(); i++) {
            if (body.get().at(i) instanceof MethodInsnNode inner && body.get().reachable(i) && reaches(proof, inner, wanted, depth - 1, seen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean runs(Proof proof, MethodInsnNode call, Classes.Method wanted) {
        return call.name.equals(wanted.node().name) && call.desc.equals(wanted.node().desc)
                && proof.classes().method(call.owner, call.name, call.desc).filter(found -> found.node() == wanted.node()).isPresent();
    }
}
