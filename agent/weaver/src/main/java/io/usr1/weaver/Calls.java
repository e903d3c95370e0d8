package io.usr1.weaver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which method calls which, itself or through a few that it is certain to call. Code is analysed, to leave out what
 * cannot be reached, only where a look at its instructions does not already say that it does not call the method.
 */
final class Calls {

    private static final int DEPTH = 3;

    private final Proof proof;
    private final Map<MethodNode, List<MethodInsnNode>> written = new IdentityHashMap<>();
    private final Set<MethodNode> subroutines = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<MethodInsnNode, Optional<Classes.Method>> bodies = new IdentityHashMap<>();
    private final Map<MethodNode, Known> looked = new IdentityHashMap<>();
    private final Map<MethodNode, Known> analysed = new IdentityHashMap<>();

    Calls(Proof proof) {
        this.proof = proof;
    }

    /** What was found of the ways to one method: from how many steps on there is one, and up to how many there is none. */
    private static final class Known {

        private final Map<MethodNode, Integer> some = new IdentityHashMap<>();
        private final Map<MethodNode, Integer> none = new IdentityHashMap<>();

        Boolean of(MethodNode method, int depth) {
            Integer from = some.get(method);
            if (from != null && from <= depth) {
                return true;
            }
            Integer upTo = none.get(method);
            return upTo != null && upTo >= depth ? false : null;
        }

        boolean note(MethodNode method, int depth, boolean found) {
            if (found) {
                some.merge(method, depth, Math::min);
            } else {
                none.merge(method, depth, Math::max);
            }
            return found;
        }
    }

    /** Whether the instruction calls that method, itself or through a few that it is certain to call. */
    boolean reaches(MethodCode code, int index, Classes.Method wanted) {
        return code.at(index) instanceof MethodInsnNode call && (runs(call, wanted) || body(call, wanted, DEPTH).filter(body -> reaches(body, wanted, DEPTH - 1)).isPresent());
    }

    /** Whether some instruction of the method may do so; false is certain. */
    boolean mayReach(Classes.Method method, Classes.Method wanted) {
        return mayReach(method.node(), wanted, DEPTH);
    }

    boolean runs(MethodInsnNode call, Classes.Method wanted) {
        return call.name.equals(wanted.node().name) && call.desc.equals(wanted.node().desc)
                && proof.classes().method(call.owner, call.name, call.desc).filter(found -> found.node() == wanted.node()).isPresent();
    }

    /** The one method that this call can run: also where a method could be overridden but no class that can do so is there. */
    Optional<Classes.Method> bound(MethodInsnNode call) {
        Optional<Classes.Method> found = proof.classes().bound(call);
        if (found.isPresent()) {
            return found;
        }
        Optional<Classes.Method> method = proof.classes().method(call.owner, call.name, call.desc);
        boolean hidden = method.filter(one -> one.owner().name.equals(call.owner) && (one.owner().access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE)) == 0
                && !one.is(Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)).isPresent();
        if (!hidden || proof.scope().stream().anyMatch(type -> proof.classes().supertypes(type).contains(call.owner))) {
            return Optional.empty();
        }
        proof.seal(method.get().owner());
        return method;
    }

    private boolean reaches(Classes.Method method, Classes.Method wanted, int depth) {
        if (!mayReach(method.node(), wanted, depth)) {
            return false;
        }
        Known known = analysed.computeIfAbsent(wanted.node(), first -> new Known());
        Boolean before = known.of(method.node(), depth);
        if (before != null) {
            return before;
        }
        MethodCode code = proof.code(method).orElse(null);
        for (MethodInsnNode call : code == null ? List.<MethodInsnNode>of() : written(method.node())) {
            if (code.reachable(code.index(call)) && (runs(call, wanted) || body(call, wanted, depth).filter(body -> reaches(body, wanted, depth - 1)).isPresent())) {
                return known.note(method.node(), depth, true);
            }
        }
        return known.note(method.node(), depth, false);
    }

    private boolean mayReach(MethodNode method, Classes.Method wanted, int depth) {
        Known known = looked.computeIfAbsent(wanted.node(), first -> new Known());
        Boolean before = known.of(method, depth);
        if (before != null) {
            return before;
        }
        for (MethodInsnNode call : written(method)) {
            if (runs(call, wanted) || body(call, wanted, depth).filter(body -> mayReach(body.node(), wanted, depth - 1)).isPresent()) {
                return known.note(method, depth, true);
            }
        }
        return known.note(method, depth, subroutines.contains(method));
    }

    /**
     * What is looked at next, with so many steps left: not what the JDK does with what it is given, and in the last step
     * nothing that cannot make the call itself, which saves reading a library's largest classes.
     */
    private Optional<Classes.Method> body(MethodInsnNode call, Classes.Method wanted, int depth) {
        if (depth == 0 || call.owner.startsWith("java/") || depth == 1 && !proof.classes().mayCall(call.owner, wanted.node().name)) {
            return Optional.empty();
        }
        Optional<Classes.Method> body = bodies.get(call);
        if (body == null) {
            body = proof.classes().bound(call).filter(callee -> callee.node().instructions.size() > 0);
            bodies.put(call, body);
        }
        return body;
    }

    private List<MethodInsnNode> written(MethodNode method) {
        List<MethodInsnNode> calls = written.get(method);
        if (calls == null) {
            calls = new ArrayList<>();
            for (AbstractInsnNode insn = method.instructions.getFirst(); insn != null; insn = insn.getNext()) {
                if (insn instanceof MethodInsnNode call) {
                    calls.add(call);
                } else if (insn.getOpcode() == Opcodes.JSR) {
                    subroutines.add(method); // Which is refused where it is analysed.
                }
            }
            written.put(method, calls);
        }
        return calls;
    }
}
