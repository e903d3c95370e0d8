package io.usr1.weaver.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Where the values of one method go: which instructions use what one instruction made, whatever variables it goes
 * through and whatever else a variable may hold. Where {@link Sym} says what a value certainly is, this says what it may be.
 */
public final class Origins {

    /** Stands for what no instruction of the method made: a parameter, a caught exception. */
    private static final AbstractInsnNode ELSEWHERE = new InsnNode(Opcodes.NOP);

    private final MethodNode method;
    private final Map<AbstractInsnNode, Set<Use>> uses = new IdentityHashMap<>();
    private final Frame<SourceValue>[] frames;

    private Origins(ClassNode owner, MethodNode method) throws AnalyzerException {
        this.method = method;
        this.frames = new Analyzer<>(new Follow()).analyze(owner.name, method);
    }

    public static Origins of(ClassNode owner, MethodNode method) throws AnalyzerException {
        return new Origins(owner, method);
    }

    /**
     * One operand of an instruction.
     *
     * @param operand its number, the receiver of a call first
     */
    public record Use(AbstractInsnNode at, int operand) {
    }

    /** The instructions that use the value, casts and copies not counted; dead code has none. */
    public Set<Use> uses(AbstractInsnNode made) {
        return uses.getOrDefault(made, Set.of());
    }

    /** What may have made the operand {@code depth} below the top of the stack; null in it for something from outside the method. */
    public List<AbstractInsnNode> made(AbstractInsnNode at, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(at)];
        List<AbstractInsnNode> made = new ArrayList<>();
        frame.getStack(frame.getStackSize() - 1 - depth).insns.forEach(insn -> made.add(insn == ELSEWHERE ? null : insn));
        return made;
    }

    private void use(AbstractInsnNode at, List<? extends SourceValue> operands) {
        for (int i = 0; i < operands.size(); i++) {
            for (AbstractInsnNode made : operands.get(i).insns) {
                uses.computeIfAbsent(made, insn -> new LinkedHashSet<>()).add(new Use(at, i));
            }
        }
    }

    /** Copies and casts hand a value on, everything else uses it. Runs until nothing changes, so no use is missed. */
    private final class Follow extends SourceInterpreter {

        Follow() {
            super(ASM9);
        }

        @Override public SourceValue newValue(Type type) {
            if (type == Type.VOID_TYPE) {
                return null;
            }
            return type == null ? new SourceValue(1) : new SourceValue(type.getSize(), Collections.singleton(ELSEWHERE));
        }

        @Override public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            return value;
        }

        @Override public SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
            if (insn.getOpcode() == Opcodes.CHECKCAST) {
                return value;
            }
            use(insn, List.of(value));
            return super.unaryOperation(insn, value);
        }

        @Override public SourceValue binaryOperation(AbstractInsnNode insn, SourceValue left, SourceValue right) {
            use(insn, List.of(left, right));
            return super.binaryOperation(insn, left, right);
        }

        @Override public SourceValue ternaryOperation(AbstractInsnNode insn, SourceValue first, SourceValue second, SourceValue third) {
            use(insn, List.of(first, second, third));
            return super.ternaryOperation(insn, first, second, third);
        }

        @Override public SourceValue naryOperation(AbstractInsnNode insn, List<? extends SourceValue> values) {
            use(insn, values);
            return super.naryOperation(insn, values);
        }
    }
}
