package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ReducedBody;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * What the bypass body still does between the places where the lock was taken and given back needs no lock: it writes
 * nothing that others see, calls nothing but what the target allows, and takes no other lock.
 *
 * <p>I6 (link and unlink only under the lock), I8, I15 and family E. The rule reads the body as it will run, with the
 * known values put in and the rest taken out, not the original.
 */
final class PurityRule {

    private final Proof proof;
    private final Classes.Method region;
    private final List<MethodRef> allowed;

    PurityRule(Proof proof, Classes.Method region, List<MethodRef> allowed) {
        this.proof = proof;
        this.region = region;
        this.allowed = allowed;
    }

    /** @param views calls that only yield another form of the lock that was taken out */
    void check(ReducedBody body, Set<AbstractInsnNode> views) {
        MethodCode code = body.code();
        Set<Integer> seen = new HashSet<>();
        // Of a synchronized method everything is in the region.
        Deque<Integer> work = new ArrayDeque<>(body.entered() == null ? List.of(0) : code.next(code.index(body.entered())));
        while (!work.isEmpty()) {
            int index = work.pop();
            if (!seen.add(index) || body.left().contains(code.at(index))) {
                continue;
            }
            String found = views.contains(code.at(index)) ? null : fault(code.at(index));
            if (found != null) {
                proof.refuse(region, MethodCode.line(code.at(index)), found + " in the region as it runs without the lock",
                        "only reads, arithmetic and jumps", "add what makes this unreachable to 'when-clear', or leave this region locked");
            }
            work.addAll(code.next(index));
            if (code.mayThrow(index, value -> false)) {
                for (TryCatchBlockNode handler : code.handlers(index)) {
                    work.add(code.index(handler.handler));
                    if (MethodCode.catchesAll(handler)) {
                        break;
                    }
                }
            }
        }
    }

    private String fault(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        if (insn instanceof MethodInsnNode call) {
            return allows(call) ? null : "a call of " + Names.binary(call.owner) + "." + call.name;
        }
        if (insn instanceof FieldInsnNode field) {
            boolean reads = opcode == GETFIELD || opcode == GETSTATIC && field.owner.equals(region.owner().name);
            return reads ? null : (opcode == GETSTATIC ? "a read of static " : "a write of ") + Names.binary(field.owner) + "." + field.name;
        }
        if (opcode >= IASTORE && opcode <= SASTORE) {
            return "a write to an array";
        }
        if (insn instanceof LdcInsnNode constant) {
            return constant.cst instanceof Number || constant.cst instanceof String ? null : "a constant that loads a class";
        }
        return switch (opcode) {
            case NEW, NEWARRAY, ANEWARRAY, MULTIANEWARRAY -> "a new object";
            case INVOKEDYNAMIC -> "an invokedynamic";
            case MONITORENTER, MONITOREXIT -> "another monitor";
            case ATHROW -> "a throw";
            default -> null;
        };
    }

    private boolean allows(MethodInsnNode call) {
        return proof.classes().bound(call).filter(callee -> {
            boolean named = allowed.stream().anyMatch(method -> Names.internal(method.owner()).equals(callee.owner().name)
                    && Names.matches(method, callee.node().name, callee.node().desc));
            if (named) {
                proof.rely(callee.owner());
            }
            return named;
        }).isPresent();
    }
}
