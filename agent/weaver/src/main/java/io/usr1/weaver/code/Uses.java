package io.usr1.weaver.code;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Which instructions use what an instruction yields. Followed through locals, casts and, other than {@link Sym}, through
 * merges with other values: what is not in the answer certainly does not see the value.
 */
public final class Uses {

    private final Map<AbstractInsnNode, Set<AbstractInsnNode>> users = new HashMap<>();

    private Uses() {
    }

    /** @throws AnalyzerException if the code cannot be followed */
    public static Uses in(ClassNode owner, MethodNode method) throws AnalyzerException {
        Uses uses = new Uses();
        new Analyzer<>(uses.new Recorder()).analyze(owner.name, method);
        return uses;
    }

    /** The instructions that take the value off the stack, copies into locals and casts not counted. */
    public Set<AbstractInsnNode> of(AbstractInsnNode producer) {
        return users.getOrDefault(producer, Collections.emptySet());
    }

    private void used(AbstractInsnNode by, SourceValue value) {
        value.insns.forEach(producer -> users.computeIfAbsent(producer, first -> new HashSet<>()).add(by));
    }

    private final class Recorder extends SourceInterpreter {

        Recorder() {
            super(Opcodes.ASM9);
        }

        @Override public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            return value;
        }

        @Override public SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
            if (insn.getOpcode() == Opcodes.CHECKCAST) {
                return value;
            }
            used(insn, value);
            return super.unaryOperation(insn, value);
        }

        @Override public SourceValue binaryOperation(AbstractInsnNode insn, SourceValue one, SourceValue two) {
            used(insn, one);
            used(insn, two);
            return super.binaryOperation(insn, one, two);
        }

        @Override public SourceValue ternaryOperation(AbstractInsnNode insn, SourceValue one, SourceValue two, SourceValue three) {
            used(insn, one);
            used(insn, two);
            used(insn, three);
            return super.ternaryOperation(insn, one, two, three);
        }

        @Override public SourceValue naryOperation(AbstractInsnNode insn, List<? extends SourceValue> values) {
            values.forEach(value -> used(insn, value));
            return super.naryOperation(insn, values);
        }
    }
}
