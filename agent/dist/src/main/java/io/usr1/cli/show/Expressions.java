package io.usr1.cli.show;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.weaver.code.MethodCode;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** An instruction as the Java expression that it was compiled from, near enough to be recognised: {@code idle.lock.lock()}. */
final class Expressions {

    private static final String SOMETHING = "...";
    /** Deeper ones are cut off: nobody recognises a line by its ninth receiver. */
    private static final int DEPTH = 8;

    private final ClassNode owner;
    private final MethodNode method;
    private final Frame<SourceValue>[] frames;

    Expressions(ClassNode owner, MethodNode method) throws AnalyzerException {
        this.owner = owner;
        this.method = method;
        this.frames = new Analyzer<>(new SourceInterpreter()).analyze(owner.name, method);
    }

    /** @param index below 0 for what a synchronized method does without an instruction */
    String of(int index) {
        return index < 0 ? "synchronized" : of(method.instructions.get(index), 0);
    }

    /** The source line of an instruction, of the method's first if there is none; 0 if the class does not say. */
    int line(int index) {
        return index < 0 ? MethodCode.firstLine(method) : MethodCode.line(method.instructions.get(index));
    }

    /** The variable's name in the source; {@code this}, {@code arg0} or null if the class does not say. */
    String variable(int slot, int index) {
        if (slot == 0 && (method.access & ACC_STATIC) == 0) {
            return "this";
        }
        for (LocalVariableNode local : method.localVariables == null ? List.<LocalVariableNode>of() : method.localVariables) {
            if (local.index == slot && method.instructions.indexOf(local.start) <= index && index < method.instructions.indexOf(local.end)) {
                return local.name;
            }
        }
        int at = (method.access & ACC_STATIC) == 0 ? 1 : 0;
        Type[] arguments = Type.getArgumentTypes(method.desc);
        for (int i = 0; i < arguments.length; i++) {
            if (at == slot) {
                return "arg" + i;
            }
            at += arguments[i].getSize();
        }
        return null;
    }

    private String of(AbstractInsnNode insn, int depth) {
        if (depth > DEPTH) {
            return SOMETHING;
        }
        int opcode = insn.getOpcode();
        if (insn instanceof FieldInsnNode field) {
            return (opcode == GETSTATIC || opcode == PUTSTATIC ? simple(field.owner) : stack(insn, opcode == PUTFIELD ? 1 : 0, depth)) + "." + field.name;
        }
        if (insn instanceof MethodInsnNode call) {
            return call(call, depth);
        }
        if (insn instanceof VarInsnNode variable) {
            return opcode >= ISTORE ? stack(insn, 0, depth) : local(variable, depth);
        }
        if (insn instanceof LdcInsnNode constant) {
            return constant.cst instanceof String ? "\"" + constant.cst + "\"" : String.valueOf(constant.cst);
        }
        return switch (opcode) {
            case MONITORENTER -> "synchronized (" + stack(insn, 0, depth) + ")";
            case MONITOREXIT -> "end of synchronized (" + stack(insn, 0, depth) + ")";
            case DUP, CHECKCAST -> stack(insn, 0, depth);
            case ACONST_NULL -> "null";
            case ICONST_M1, ICONST_0, ICONST_1, ICONST_2, ICONST_3, ICONST_4, ICONST_5 -> String.valueOf(opcode - ICONST_0);
            default -> SOMETHING;
        };
    }

    private String call(MethodInsnNode call, int depth) {
        int count = Type.getArgumentTypes(call.desc).length;
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(stack(call, count - 1 - i, depth));
        }
        String in = "(" + String.join(", ", arguments) + ")";
        if (call.name.equals("<init>")) {
            return (call.owner.equals(owner.superName) ? "super" : call.owner.equals(owner.name) ? "this" : "new " + simple(call.owner)) + in;
        }
        return (call.getOpcode() == INVOKESTATIC ? simple(call.owner) : stack(call, count, depth)) + "." + call.name + in;
    }

    private String local(VarInsnNode load, int depth) {
        int index = method.instructions.indexOf(load);
        String name = variable(load.var, index);
        return name != null ? name : frames[index] == null ? SOMETHING : only(frames[index].getLocal(load.var), depth);
    }

    private String stack(AbstractInsnNode insn, int below, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(insn)];
        return frame == null ? SOMETHING : only(frame.getStack(frame.getStackSize() - 1 - below), depth);
    }

    private String only(SourceValue value, int depth) {
        return value.insns.size() == 1 ? of(value.insns.iterator().next(), depth + 1) : SOMETHING;
    }

    static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }
}
