package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Handles;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * A field whose writes the proof must know, all of them: in the classes it reads, and in those of the same package or
 * nest that are loaded later.
 *
 * @param owner    internal name of the class that declares it
 * @param expected what a write has to be, for refusals
 * @param todo     what to do about another one
 * @param permits  a write is allowed if one of them allows it
 */
record GuardedField(String owner, String name, String expected, String todo, List<Permit> permits) {

    private static final Set<String> BY_NAME = Set.of("newUpdater", "findVarHandle", "findStaticVarHandle", "findSetter", "findStaticSetter", "objectFieldOffset",
            "staticFieldOffset", "getDeclaredField");

    /** A kind of write that is allowed. */
    interface Permit {
        boolean allows(Write write);
    }

    /** A write of the field; the receiver is null if it is static. */
    record Write(ClassNode owner, MethodNode method, AbstractInsnNode at, Sym receiver, Sym value) {

        boolean inConstructorOf(String type) {
            return owner.name.equals(type) && method.name.equals("<init>") && Sym.THIS.equals(receiver);
        }

        boolean inInitializerOf(String type) {
            return owner.name.equals(type) && (receiver == null ? method.name.equals("<clinit>") : inConstructorOf(type));
        }

        boolean writesZero() {
            return value instanceof Sym.Constant constant && (constant.value() == null || constant.value() == 0);
        }
    }

    /** A write, or something that could be one, that nothing allows. */
    record Fault(Classes.Method method, int line, String found) {
    }

    @Override public String toString() {
        return Names.binary(owner) + "." + name;
    }

    List<Fault> faults(Classes classes, ClassNode type) {
        if (!classes.mentions(type).names(name)) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>();
        boolean reachesByName = false;
        Classes.Method named = null;
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (isWrite(classes, insn)) {
                    faultsIn(classes, type, method, faults);
                    break;
                }
            }
            for (AbstractInsnNode insn : method.instructions) {
                reachesByName |= insn instanceof MethodInsnNode call && BY_NAME.contains(call.name);
                named = insn instanceof LdcInsnNode text && name.equals(text.cst) ? new Classes.Method(type, method) : named;
                if (Handles.varHandle(insn, name) || Handles.any(insn, handle -> isWrite(classes, handle))) {
                    faults.add(new Fault(new Classes.Method(type, method), MethodCode.line(insn), "the field " + this + " written by a method handle or VarHandle"));
                }
            }
        }
        if (reachesByName && named != null) {
            faults.add(new Fault(named, 0, "the field " + this + " reached by its name (VarHandle, updater or reflection)"));
        }
        return faults;
    }

    private void faultsIn(Classes classes, ClassNode type, MethodNode method, List<Fault> faults) {
        Classes.Method where = new Classes.Method(type, method);
        MethodCode code;
        try {
            code = classes.code(type, method);
        } catch (AnalyzerException unreadable) {
            faults.add(new Fault(where, 0, "a write of " + this + " in code that cannot be followed"));
            return;
        }
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && isWrite(classes, code.at(i))) {
                boolean isStatic = code.at(i).getOpcode() == PUTSTATIC;
                Write write = new Write(type, method, code.at(i), isStatic ? null : code.stack(i, 1), code.stack(i, 0));
                if (permits.stream().noneMatch(permit -> permit.allows(write))) {
                    faults.add(new Fault(where, MethodCode.line(code.at(i)),
                            "a write of " + (isStatic ? Names.binary(owner) : Names.of(write.receiver())) + "." + name + " = " + Names.of(write.value())));
                }
            }
        }
    }

    private boolean isWrite(Classes classes, Handle handle) {
        return (handle.getTag() == H_PUTFIELD || handle.getTag() == H_PUTSTATIC) && handle.getName().equals(name)
                && (handle.getOwner().equals(owner) || classes.field(handle.getOwner(), name).filter(field -> field.owner().name.equals(owner)).isPresent());
    }

    boolean isWrite(Classes classes, AbstractInsnNode insn) {
        return insn instanceof FieldInsnNode put && (put.getOpcode() == PUTFIELD || put.getOpcode() == PUTSTATIC) && put.name.equals(name)
                && (put.owner.equals(owner) || classes.field(put.owner, name).filter(field -> field.owner().name.equals(owner)).isPresent());
    }
}
