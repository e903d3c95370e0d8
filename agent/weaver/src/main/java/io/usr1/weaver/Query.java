package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.usr1.target.FieldRef;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;
import io.usr1.weaver.weave.ReducedBody;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * A method without parameters that only asks one field of its object. Its body is run twice on paper, once with the field
 * taken to be false or null and once with the opposite, and must answer differently.
 */
final class Query {

    private final Classes classes;
    private final Classes.Method method;

    Query(Classes classes, Classes.Method method) {
        this.classes = classes;
        this.method = method;
    }

    /** The field that is false, 0 or null exactly if the method answers {@code known}; empty if there is none such. */
    Optional<FieldRef> zeroField(Known known) {
        if (!method.node().desc.startsWith("()") || method.is(ACC_STATIC | ACC_ABSTRACT | ACC_NATIVE | ACC_SYNCHRONIZED) || known == Known.NOT_NULL) {
            return Optional.empty();
        }
        try {
            return zeroField(classes.code(method.owner(), method.node()), known);
        } catch (AnalyzerException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<FieldRef> zeroField(MethodCode code, Known known) throws AnalyzerException {
        Set<Integer> reads = new TreeSet<>();
        Set<FieldRef> fields = new HashSet<>();
        boolean reference = false;
        for (int i = 0; i < code.size(); i++) {
            if (!harmless(code.at(i))) {
                return Optional.empty();
            }
            if (code.at(i) instanceof FieldInsnNode read && code.reachable(i)) {
                if (!code.stack(i, 0).equals(Sym.THIS)) {
                    return Optional.empty();
                }
                String holder = classes.field(read.owner, read.name).map(field -> field.owner().name).orElse(read.owner);
                fields.add(new FieldRef(Names.binary(holder), read.name));
                reads.add(i);
                reference = read.desc.length() > 1;
                if (!reference && !read.desc.equals("Z")) {
                    return Optional.empty();
                }
            }
        }
        if (fields.size() != 1) {
            return Optional.empty();
        }
        boolean plain = method.node().desc.endsWith(";") && known == Known.NULL;
        Object wanted = known == Known.NULL ? "null" : known == Known.TRUE ? 1 : 0;
        Object ifZero = answer(reads, reference, true);
        Object ifNot = plain ? "not null" : answer(reads, reference, false);
        return wanted.equals(ifZero) && ifNot != null && !wanted.equals(ifNot) ? Optional.of(fields.iterator().next()) : Optional.empty();
    }

    /** What every return yields: an Integer, "null", or null for "it depends". */
    private Object answer(Set<Integer> reads, boolean reference, boolean zero) throws AnalyzerException {
        Map<Integer, Integer> constants = new HashMap<>();
        if (zero || !reference) {
            reads.forEach(index -> constants.put(index, reference ? null : zero ? 0 : 1));
        }
        ClassWeave.Cut cut = new ClassWeave.Cut(-1, Set.of(), constants, reference && !zero ? reads : Set.of(), Set.of());
        MethodCode reduced = ReducedBody.of(classes, method.owner(), method.node(), cut).code();
        Object answer = null;
        for (int i = 0; i < reduced.size(); i++) {
            int opcode = reduced.at(i).getOpcode();
            if (reduced.reachable(i) && (opcode == IRETURN || opcode == ARETURN)) {
                if (!(reduced.stack(i, 0) instanceof Sym.Constant value)) {
                    return null;
                }
                Object here = value.value() == null ? "null" : value.value();
                if (answer != null && !answer.equals(here)) {
                    return null;
                }
                answer = here;
            }
        }
        return answer;
    }

    private static boolean harmless(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        return switch (opcode) {
            case -1, ALOAD, GETFIELD, IFEQ, IFNE, IFNULL, IFNONNULL, GOTO, IRETURN, ARETURN, ACONST_NULL, ICONST_0, ICONST_1 -> true;
            default -> false;
        };
    }
}
