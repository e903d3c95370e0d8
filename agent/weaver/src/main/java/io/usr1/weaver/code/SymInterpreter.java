package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Set;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
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
    private final Set<String> written;
    private final Type[] arguments;

    SymInterpreter(Classes classes, Set<String> written, String descriptor) {
        super(ASM9);
        this.classes = classes;
        this.written = written;
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
        Sym constant = Sym.constant(insn);
        if (constant != null) {
            return constant;
        }
        int opcode = insn.getOpcode();
        return switch (opcode) {
            case GETSTATIC -> field((FieldInsnNode) insn, insn, null);
            case NEW -> new Sym.Made(insn, ((TypeInsnNode) insn).desc);
            case JSR -> throw new AnalyzerException(insn, "jsr");
            default -> new Sym.Result(insn, opcode == LCONST_0 || opcode == LCONST_1 || opcode == DCONST_0 || opcode == DCONST_1
                    || insn instanceof LdcInsnNode load && (load.cst instanceof Long || load.cst instanceof Double) ? 2 : 1);
        };
    }

    @Override public Sym copyOperation(AbstractInsnNode insn, Sym value) {
        return value;
    }

    @Override public Sym unaryOperation(AbstractInsnNode insn, Sym value) {
        return switch (insn.getOpcode()) {
            case GETFIELD -> field((FieldInsnNode) insn, insn, value);
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
        FieldInsnNode read = insn instanceof MethodInsnNode call ? classes.accessed(call) : null;
        if (read != null) {
            return field(read, insn, values.isEmpty() ? null : values.get(0));
        }
        String descriptor = insn instanceof MethodInsnNode call ? call.desc : ((InvokeDynamicInsnNode) insn).desc;
        int size = Type.getReturnType(descriptor).getSize();
        return size == 0 ? null : new Sym.Result(insn, size);
    }

    @Override public void returnOperation(AbstractInsnNode insn, Sym value, Sym expected) {
        // Nothing is expected of a return.
    }

    /** Of two objects the same field, read by the same instruction, stays that: which field a loop reads does not change with its round. */
    @Override public Sym merge(Sym one, Sym other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof Sym.FieldOf a && other instanceof Sym.FieldOf b && a.owner() != null && b.owner() != null
                && a.at() == b.at() && a.is(b.holder(), b.name())) {
            return new Sym.FieldOf(merge(a.owner(), b.owner()), a.holder(), a.name(), a.at(), a.size());
        }
        return new Sym.Opaque(Math.min(one.getSize(), other.getSize()));
    }

    /** A final field is one value wherever it is read, but not in a constructor that writes it. */
    private Sym field(FieldInsnNode insn, AbstractInsnNode at, Sym owner) {
        Classes.Field found = classes.field(insn.owner, insn.name).orElse(null);
        boolean fixed = found != null && found.is(ACC_FINAL) && !written.contains(insn.name);
        return new Sym.FieldOf(owner, found == null ? insn.owner : found.owner().name, insn.name, fixed ? null : at,
                Type.getType(insn.desc).getSize());
    }
}
