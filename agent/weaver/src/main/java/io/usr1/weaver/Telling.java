package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.usr1.target.Answer;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ReducedBody;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Whether those who asked can tell the answer from what the body would have returned: they cannot if all they do with it
 * is to compare it with constants, and each comparison comes out the same. So {@code 1} for {@code -1} is as good where
 * only {@code == 0} is asked.
 */
final class Telling {

    private Telling() {
    }

    /** Why such values cannot be compared at all; empty if they can. */
    static Optional<String> apart(Answer answer, Set<Sym> returned, String descriptor) {
        boolean numbers = answer instanceof Answer.Constant constant && constant.value() != null
                && returned.stream().allMatch(value -> value instanceof Sym.Constant one && one.value() != null) && !descriptor.endsWith(";");
        return numbers ? Optional.empty() : Optional.of("which is not '" + answer + "'");
    }

    /** Which caller can tell, as the end of a sentence; empty if none can. */
    static Optional<String> byCallers(Proof proof, List<Callers.Call> calls, Answer answer, Set<Sym> returned) {
        if (calls.isEmpty()) {
            return Optional.of("which no class that was read calls");
        }
        for (Callers.Call call : calls) {
            Optional<String> tells = byCall(call.code(), call.index(), answer, returned);
            if (tells.isPresent()) {
                proof.rely(call.method().owner());
                return tells.map(how -> how + " by " + Names.method(call.method().owner(), call.method().node()) + ", line " + MethodCode.line(call.code().at(call.index())));
            }
            proof.rely(call.method().owner());
        }
        return Optional.empty();
    }

    /** The same for one call. */
    static Optional<String> byCall(MethodCode code, int index, Answer answer, Set<Sym> returned) {
        int given = ((Answer.Constant) answer).value();
        try {
            for (Origins.Use use : code.origins().uses(code.at(index))) {
                AbstractInsnNode at = use.at();
                int opcode = at.getOpcode();
                Sym other = opcode >= IF_ICMPEQ && opcode <= IF_ICMPLE ? code.stack(code.index(at), use.operand()) : null;
                boolean compares = opcode >= IFEQ && opcode <= IFLE || other instanceof Sym.Constant;
                if (!compares) {
                    return Optional.of("which is used for more than comparisons with constants");
                }
                for (Sym value : returned) {
                    if (outcome(opcode, use.operand(), given, other) != outcome(opcode, use.operand(), ((Sym.Constant) value).value(), other)) {
                        return Optional.of("which is told from '" + answer + "'");
                    }
                }
            }
            return Optional.empty();
        } catch (AnalyzerException unreadable) {
            return Optional.of("which is used in code that cannot be followed");
        }
    }

    static String list(Set<Sym> values) {
        return values.stream().map(value -> value instanceof Sym.Constant ? Names.of(value) : value instanceof Sym.Argument ? Names.of(value) : "a computed value").distinct()
                .sorted(Comparator.naturalOrder()).collect(Collectors.joining(" or "));
    }

    private static boolean outcome(int opcode, int operand, int value, Sym other) {
        if (other == null) {
            return ReducedBody.compare(opcode - IFEQ, value, 0);
        }
        int constant = ((Sym.Constant) other).value();
        return operand == 0 ? ReducedBody.compare(opcode - IF_ICMPEQ, value, constant) : ReducedBody.compare(opcode - IF_ICMPEQ, constant, value);
    }
}
