package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Follows where values come from: copies through locals and casts keep a value, everything else makes a new one. */
final class SymInterpreter extends Interpreter<Sym> {

    private final Classes classes;
    private final boolean constructor;
    private final Type[] arguments;

    SymInterpreter(Classes classes, boolean constructor, String descriptor) {
        super(ASM9);
        this.classes = classes;
        this.constructor = constructor;
        this.arguments = Type.getArgumentTypes(descriptor);
    }

    @Override public Sym newValue(Type type) {
        if (type == Type.VOID_TYPE) {
            return null;
        }
        return new Sym.Opaque(type == null ? 1 : type.getSize());
    }

    @Override public Sym newParameterValue(boolean instance, int local, Type type) {
        int slot = instance ? 1 : 0;
        if (instance && local == 0) {
            return Sym.THIS;
        }
        for (int index = 0; index < arguments.length; slot += arguments[index++].getSize()) {
            if (slot == local) {
                return new Sym.Argument(index, type.getSize());
            }
        }
        return newValue(type);
    }

    @Override public Sym newExceptionValue(TryCatchBlockNode block, Frame<Sym> frame, Type type) {
        return new Sym.Caught(block.handler);
    }

    @Override public Sym newOperation(AbstractInsnNode insn) throws AnalyzerException {
        int opcode = insn.getOpcode();
        if (opcode >= ICONST_M1 && opcode <= ICONST_5) {
            return new Sym.Constant(opcode - ICONST_0);
        }
        return switch (opcode) {
            case ACONST_NULL -> new Sym.Constant(null);
            case BIPUSH, SIPUSH -> new Sym.Constant(((IntInsnNode) insn).operand);
            case LDC -> constant((LdcInsnNode) insn);
            case GETSTATIC -> field((FieldInsnNode) insn, null);
            case NEW -> new Sym.Made(insn, ((TypeInsnNode) insn).desc);
            case JSR -> throw new AnalyzerException(insn, "jsr");
            default -> new Sym.Result(insn, opcode == LCONST_0 || opcode == LCONST_1 || opcode == DCONST_0 || opcode == DCONST_1 ? 2 : 1);
        };
    }

    @Override public Sym copyOperation(AbstractInsnNode insn, Sym value) {
        return value;
    }

    @Override public Sym unaryOperation(AbstractInsnNode insn, Sym value) {
        return switch (insn.getOpcode()) {
            case GETFIELD -> field((FieldInsnNode) insn, value);
            case CHECKCAST -> value;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL, TABLESWITCH, LOOKUPSWITCH, IRETURN, LRETURN, FRETURN,
                 DRETURN, ARETURN, PUTSTATIC, ATHROW, MONITORENTER, MONITOREXIT -> null;
            case LNEG, DNEG, I2L, I2D, L2D, F2L, F2D, D2L -> new Sym.Result(insn, 2);
            default -> new Sym.Result(insn, 1);
        };
    }

    @Override public Sym binaryOperation(AbstractInsnNode insn, Sym left, Sym right) {
        return switch (insn.getOpcode()) {
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE, PUTFIELD -> null;
            case LALOAD, DALOAD, LADD, DADD, LSUB, DSUB, LMUL, DMUL, LDIV, DDIV, LREM, DREM, LSHL, LSHR, LUSHR, LAND, LOR, LXOR ->
                    new Sym.Result(insn, 2);
            default -> new Sym.Result(insn, 1);
        };
    }

    @Override public Sym ternaryOperation(AbstractInsnNode insn, Sym first, Sym second, Sym third) {
        return null;
    }

    @Override public Sym naryOperation(AbstractInsnNode insn, List<? extends Sym> values) {
        if (insn.getOpcode() == MULTIANEWARRAY) {
            return new Sym.Result(insn, 1);
        }
        String descriptor = insn instanceof MethodInsnNode call ? call.desc : ((InvokeDynamicInsnNode) insn).desc;
        int size = Type.getReturnType(descriptor).getSize();
        return size == 0 ? null : new Sym.Result(insn, size);
    }

    @Override public void returnOperation(AbstractInsnNode insn, Sym value, Sym expected) {
        // Nothing is expected of a return.
    }

    @Override public Sym merge(Sym one, Sym other) {
        return one.equals(other) ? one : new Sym.Opaque(Math.min(one.getSize(), other.getSize()));
    }

    private Sym constant(LdcInsnNode insn) {
        if (insn.cst instanceof Integer value) {
            return new Sym.Constant(value);
        }
        return new Sym.Result(insn, insn.cst instanceof Long || insn.cst instanceof Double ? 2 : 1);
    }

    /** A final field is one value wherever it is read, but not in a constructor, which may still write it. */
    private Sym field(FieldInsnNode insn, Sym owner) {
        Classes.Field found = classes.field(insn.owner, insn.name).orElse(null);
        boolean fixed = found != null && found.is(ACC_FINAL) && !constructor;
        return new Sym.FieldOf(owner, found == null ? insn.owner : found.owner().name, insn.name, fixed ? null : insn,
                Type.getType(insn.desc).getSize());
    }
}
