package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call that goes with the lock only counts: it reads its arguments and its own object and writes that object's int and
 * long fields, which the wake itself does not read. So a wake without it does the same work.
 *
 * <p>The lock's own statistics are the only thing in the region that loses its meaning with the lock.
 */
final class OmittedRule {

    private static final String EXPECTED = "a method that only counts in int and long fields of its own object";
    private static final String TODO = "take the call out of 'omit', and out of the region";

    private final Proof proof;
    private final Classes.Method region;
    private final Set<String> written = new HashSet<>();
    private final Set<String> visited = new HashSet<>();

    OmittedRule(Proof proof, Classes.Method region) {
        this.proof = proof;
        this.region = region;
    }

    /** Checks one call of the region. */
    void check(MethodInsnNode call) {
        Optional<Classes.Method> callee = proof.classes().bound(call);
        if (callee.isEmpty() || !call.desc.endsWith("V")) {
            proof.refuse(region, MethodCode.line(call), "an omitted call of " + Names.binary(call.owner) + "." + call.name
                            + (callee.isEmpty() ? ", which may be overridden or cannot be read" : ", which returns a value"),
                    "a void method that is final, private, static or of a final class", TODO);
            return;
        }
        body(callee.get(), callee.get());
    }

    /** After all calls were checked: what they write is not read beside them. */
    void checkReads(MethodCode code) {
        for (int i = 0; i < code.size(); i++) {
            if (code.at(i) instanceof FieldInsnNode read && read.getOpcode() == GETFIELD && written.contains(key(read))) {
                proof.refuse(region, MethodCode.line(read), "a read of " + Names.binary(read.owner) + "." + read.name + ", which an omitted call writes",
                        "counters that the method itself does not read", TODO);
            }
        }
    }

    private void body(Classes.Method callee, Classes.Method omitted) {
        if (!visited.add(callee.owner().name + "." + callee.node().name + callee.node().desc)) {
            return;
        }
        proof.rely(callee.owner());
        Optional<MethodCode> code = proof.code(callee);
        for (int i = 0; code.isPresent() && i < code.get().size(); i++) {
            if (code.get().reachable(i)) {
                String found = fault(code.get(), i, callee, omitted);
                if (found != null) {
                    proof.refuse(callee, MethodCode.line(code.get().at(i)), found + " in the omitted " + Names.method(omitted.owner(), omitted.node()), EXPECTED, TODO);
                }
            }
        }
        if (callee.is(ACC_SYNCHRONIZED)) {
            proof.refuse(callee, 0, "a synchronized omitted method", EXPECTED, TODO);
        }
    }

    private String fault(MethodCode code, int index, Classes.Method callee, Classes.Method omitted) {
        AbstractInsnNode insn = code.at(index);
        if (insn instanceof MethodInsnNode call) {
            return call(code, index, call, omitted);
        }
        if (insn instanceof FieldInsnNode field) {
            if (field.getOpcode() == PUTFIELD) {
                boolean counts = field.desc.equals("I") || field.desc.equals("J");
                written.add(key(field));
                return counts && !callee.is(ACC_STATIC) && code.stack(index, 1).equals(Sym.THIS) ? null : "a write of " + Names.binary(field.owner) + "." + field.name;
            }
            return field.getOpcode() == GETFIELD ? null : "static field " + Names.binary(field.owner) + "." + field.name;
        }
        int opcode = insn.getOpcode();
        boolean harmful = opcode >= IASTORE && opcode <= SASTORE || opcode == INVOKEDYNAMIC || opcode == NEW || opcode == NEWARRAY || opcode == ANEWARRAY
                || opcode == MULTIANEWARRAY || opcode == ATHROW || opcode == MONITORENTER || opcode == MONITOREXIT;
        return harmful ? "more than counting" : null;
    }

    private String call(MethodCode code, int index, MethodInsnNode call, Classes.Method omitted) {
        if (call.owner.equals("java/lang/System") && call.name.equals("nanoTime")) {
            return null;
        }
        Optional<Classes.Method> callee = proof.classes().bound(call);
        boolean own = call.getOpcode() == INVOKESTATIC
                || code.stack(index, Type.getArgumentTypes(call.desc).length).equals(Sym.THIS);
        if (callee.isEmpty() || !own) {
            return "a call of " + Names.binary(call.owner) + "." + call.name;
        }
        body(callee.get(), omitted);
        return null;
    }

    private String key(FieldInsnNode field) {
        return proof.classes().field(field.owner, field.name).map(found -> found.owner().name).orElse(field.owner) + "." + field.name;
    }
}
