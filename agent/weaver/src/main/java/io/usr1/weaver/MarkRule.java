package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.ASTORE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.MarkSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Marks stand where they keep their promise: SET before anything of the insert happens, CLEAR never on a handle that a
 * takeover is just taking away.
 *
 * <p>That a connection has left the list before CLEAR is not left to the target's word: where the woven class can read the
 * field that says so, the woven CLEAR looks at it and does nothing while it still says "listed".
 *
 * <p>I2 (listed means set) and families A and B: a SET after the publish is the bug of B1 to B3. I4: a stolen handle
 * stays SET for ever.
 */
final class MarkRule {

    private final Proof proof;
    private final List<GuardedField> listed;

    /** @param listed the fields that say that a connection is listed */
    MarkRule(Proof proof, List<GuardedField> listed) {
        this.proof = proof;
        this.listed = listed;
    }

    List<Hosted<ClassWeave.Mark>> check() {
        List<Hosted<ClassWeave.Mark>> marks = new ArrayList<>();
        if (proof.target().sets().isEmpty()) {
            proof.refuse("the target", 0, "no place where the flag is set", "each place that inserts a connection", "add it to the target");
        }
        proof.target().sets().forEach(mark -> check(mark, true).ifPresent(marks::add));
        proof.target().clears().forEach(mark -> check(mark, false).ifPresent(marks::add));
        return marks;
    }

    private Optional<Hosted<ClassWeave.Mark>> check(MarkSpec mark, boolean set) {
        Optional<Classes.Method> host = proof.method(mark.method());
        if (host.isEmpty() || proof.code(host.get()).isEmpty()) {
            return Optional.empty();
        }
        Classes.Method method = host.get();
        boolean exit = mark.at() == MarkSpec.At.EXIT;
        if (method.node().name.startsWith("<")) {
            proof.refuse(method, 0, "a mark in a constructor or initialiser", "a method", "name the method that inserts or attaches");
            return Optional.empty();
        }
        if (set && exit) {
            proof.refuse(method, 0, "a SET at the exit", "SET at the entry, before the connection can be found in the list", "set 'at: entry'");
            return Optional.empty();
        }
        if (!set && mark.method().equals(proof.ownership().takeover()) && (!exit || mark.carrier().steps().isEmpty())) {
            proof.refuse(method, 0, "a CLEAR of the carrier that the takeover takes away", "CLEAR on the new carrier only",
                    "clear where the taker attaches the connection");
            return Optional.empty();
        }
        PathRule rule = new PathRule(proof, method, mark.carrier());
        Optional<ClassWeave.Path> path = rule.check();
        if (path.isPresent() && exit && assigned(method, path.get().slot())) {
            proof.refuse(method, 0, "the root of the path '" + mark.carrier() + "' assigned in the method", "the same object until the exit",
                    "clear at the entry, or in another method");
            return Optional.empty();
        }
        return path.map(found -> {
            proof.site(set ? "set" : "clear", method, firstLine(method), set ? PlannedSite.Kind.SET : PlannedSite.Kind.CLEAR);
            ClassWeave.Host where = new ClassWeave.Host(method.node().name, method.node().desc);
            return new Hosted<>(method.owner().name, new ClassWeave.Mark(where, set, exit, found,
                    set ? List.of() : rule.readable(found, listed)));
        });
    }

    private static boolean assigned(Classes.Method method, int slot) {
        for (AbstractInsnNode insn : method.node().instructions) {
            if (insn instanceof VarInsnNode store && store.getOpcode() == ASTORE && store.var == slot) {
                return true;
            }
        }
        return false;
    }

    private static int firstLine(Classes.Method method) {
        for (AbstractInsnNode insn : method.node().instructions) {
            if (insn instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }
}
