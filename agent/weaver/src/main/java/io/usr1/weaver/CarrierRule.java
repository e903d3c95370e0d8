package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.CarrierSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The carrier can bear the flag, and no object comes by a CLEAR that it did not earn.
 *
 * <p>I1 (clear means not listed): a clone would copy the flag without its connection; a superclass constructor that lets
 * {@code this} out before the flag is CLEAR from birth would let another thread set it first. Family A.
 */
final class CarrierRule {

    private static final String LEAVE = "choose another carrier";

    private final Proof proof;
    private final CarrierSpec carrier;

    CarrierRule(Proof proof, CarrierSpec carrier) {
        this.proof = proof;
        this.carrier = carrier;
    }

    /** Empty if the class cannot be read. */
    Optional<ClassWeave.CarrierWeave> check() {
        Optional<ClassNode> found = proof.type(carrier.type());
        found.ifPresent(this::check);
        return found.map(type -> new ClassWeave.CarrierWeave(carrier.bornClear(), cloned(type)));
    }

    /**
     * Whether the class gets a {@code clone()} that forgets the flag. Every clone goes through it on its way to that of
     * {@code Object}, also that of a subclass which is seen later or never. A clone() of the pool's own could let the copy
     * out before its flag is reset, so it is refused unless it makes no copy.
     */
    private boolean cloned(ClassNode type) {
        boolean cloneable = proof.classes().supertypes(type).contains("java/lang/Cloneable");
        for (String name : own(type)) {
            Optional<ClassNode> owner = name.equals("java/lang/Object") ? Optional.empty() : proof.classes().find(name);
            for (MethodNode method : owner.map(found -> found.methods).orElse(List.of())) {
                if (method.name.equals("clone") && method.desc.startsWith("()") && (method.access & ACC_STATIC) == 0) {
                    if (copies(method) && (cloneable || (type.access & ACC_FINAL) == 0)) {
                        proof.refuse(new Classes.Method(owner.get(), method), 0, "a carrier with a clone() of its own", "one whose flag is never copied", LEAVE);
                    }
                    return false;
                }
            }
        }
        return cloneable || (type.access & ACC_FINAL) == 0;
    }

    private List<String> own(ClassNode type) {
        List<String> names = new ArrayList<>(List.of(type.name));
        names.addAll(proof.classes().supertypes(type));
        return names;
    }

    private static boolean copies(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && call.name.equals("clone")) {
                return true;
            }
        }
        return (method.access & ACC_ABSTRACT) != 0;
    }

    private void check(ClassNode type) {
        String where = Names.binary(type.name);
        if ((type.access & (ACC_INTERFACE | ACC_ENUM | ACC_RECORD)) != 0 || "java/lang/Record".equals(type.superName)) {
            proof.refuse(where, 0, "an interface, enum or record", "a class of which each object is one connection's handle", LEAVE);
            return;
        }
        for (String name : proof.classes().supertypes(type)) {
            if (proof.classes().find(name).isEmpty()) {
                proof.refuse(where, 0, "a supertype " + Names.binary(name) + " that cannot be read", "supertypes that can be read",
                        "make it readable for the class's own loader");
            }
        }
        if (carrier.bornClear()) {
            type.methods.stream().filter(method -> method.name.equals("<init>")).forEach(method -> born(type, method));
            superclassKeepsThis(type, type.superName);
        }
    }

    private void born(ClassNode type, MethodNode constructor) {
        boolean chained = false;
        for (AbstractInsnNode insn : constructor.instructions) {
            chained |= insn instanceof MethodInsnNode call && call.name.equals("<init>")
                    && (call.owner.equals(type.superName) || call.owner.equals(type.name));
        }
        if (!chained) {
            proof.refuse(new Classes.Method(type, constructor), 0, "no call of another constructor", "super(...) or this(...)", LEAVE);
        }
    }

    private void superclassKeepsThis(ClassNode type, String superName) {
        if (superName.equals("java/lang/Object")) {
            return;
        }
        Optional<ClassNode> parent = proof.classes().find(superName);
        if (parent.isEmpty()) {
            return; // Refused above.
        }
        proof.rely(parent.get());
        for (MethodNode method : parent.get().methods) {
            if (method.name.equals("<init>")) {
                Classes.Method constructor = new Classes.Method(parent.get(), method);
                proof.code(constructor).ifPresent(code -> keepsThis(constructor, code));
            }
        }
        superclassKeepsThis(type, parent.get().superName);
    }

    /** Every use of {@code this} is as the object of a field access or the call of the next superclass's constructor. */
    private void keepsThis(Classes.Method constructor, MethodCode code) {
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode insn = code.at(i);
            boolean lets = insn instanceof JumpInsnNode jump && jump.getOpcode() != GOTO;
            if (insn instanceof MethodInsnNode call && code.reachable(i)) {
                int arguments = Type.getArgumentTypes(call.desc).length;
                boolean own = call.name.equals("<init>") && call.owner.equals(constructor.owner().superName);
                for (int depth = 0; depth < arguments + (call.getOpcode() == INVOKESTATIC || own ? 0 : 1); depth++) {
                    lets |= code.stack(i, depth).equals(Sym.THIS);
                }
            } else if (code.reachable(i)) {
                int opcode = insn.getOpcode();
                boolean stores = opcode == ASTORE || opcode == AASTORE || opcode == PUTSTATIC || opcode == MONITORENTER
                        || insn instanceof FieldInsnNode && opcode == PUTFIELD;
                lets |= stores && code.stack(i, 0).equals(Sym.THIS) || opcode == INVOKEDYNAMIC;
            }
            if (lets) {
                proof.refuse(constructor, MethodCode.line(insn), "a superclass constructor that may let the new carrier be seen",
                        "one that only writes fields, because 'new: not-idle' clears the flag after it", "leave 'new: not-idle' out");
                return;
            }
        }
    }
}
