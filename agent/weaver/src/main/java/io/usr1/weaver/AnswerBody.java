package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.usr1.target.AnswerSpec;
import io.usr1.target.Bypass;
import io.usr1.target.Condition;
import io.usr1.target.MethodRef;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;
import io.usr1.weaver.weave.ReducedBody;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * What a method would do and return if it ran now, with a clear flag: the target's {@code when-clear} values put in, it
 * only reads, and these are the values that it can return.
 */
final class AnswerBody {

    private final Proof proof;
    private final Bypass spec;
    private final List<MethodRef> pure;
    private final Classes.Method method;
    private final MethodCode code;
    private final Predicate<Sym> carrier;
    private final Predicate<Sym> present;
    private final Map<Integer, Integer> constants = new LinkedHashMap<>();
    private final Set<Integer> unequal = new TreeSet<>();
    private final List<ClassWeave.Audited> audits = new ArrayList<>();

    /**
     * @param method  the answered method, or the one that a skipped call would run
     * @param carrier which of its values the carrier is
     * @param present which of its values are not null where there is a carrier
     */
    AnswerBody(Proof proof, Bypass spec, List<MethodRef> pure, Classes.Method method, MethodCode code, Predicate<Sym> carrier, Predicate<Sym> present) {
        this.proof = proof;
        this.spec = spec;
        this.pure = pure;
        this.method = method;
        this.code = code;
        this.carrier = carrier;
        this.present = present;
    }

    /** What audit compares under the lock. */
    List<ClassWeave.Audited> audits() {
        return audits;
    }

    /** The values that it can return, of a void method none; or empty and a refusal. */
    Optional<Set<Sym>> returned() {
        int before = proof.refusals().size();
        Set<WhenClear> unfound = new LinkedHashSet<>(spec.whenClear());
        for (int i = 0; i < code.size(); i++) {
            for (WhenClear line : code.reachable(i) ? spec.whenClear() : List.<WhenClear>of()) {
                if (put(i, line)) {
                    unfound.remove(line);
                }
            }
        }
        unfound.forEach(line -> proof.refuse(method, 0, "nothing that '" + line + "' says of the carrier", "at least one read or call that asks it of the carrier '" + spec.carrier() + "'",
                "correct or remove the line"));
        Optional<Set<Sym>> values = reduce(argument -> null, true);
        return proof.refusals().size() == before ? values : Optional.empty();
    }

    /** True if it answers whether that argument is not null. */
    boolean tellsPresence(int argument) {
        Optional<Set<Sym>> ifNull = reduce(index -> index == argument ? Boolean.TRUE : null, false);
        Optional<Set<Sym>> ifNot = reduce(index -> index == argument ? Boolean.FALSE : null, false);
        boolean there = present.test(new Sym.Argument(argument, 1));
        return ifNot.filter(Set.of(new Sym.Constant(1))::equals).isPresent() && (there || ifNull.filter(Set.of(new Sym.Constant(0))::equals).isPresent());
    }

    /** What is assumed of an argument; null for nothing. */
    private interface Assumed {
        Boolean isNull(int argument);
    }

    private Optional<Set<Sym>> reduce(Assumed assumed, boolean check) {
        try {
            MethodCode reduced = ReducedBody.of(proof.classes(), method.owner(), method.node(), constants,
                    new ReducedBody.Facts(unequal, value -> isNull(value, assumed), this::isZero)).code();
            if (check) {
                Set<AbstractInsnNode> locking = new HashSet<>();
                proof.target().lock(spec).ifPresent(lock -> LockOps.find(reduced, lock, proof.classes()).ops().stream().map(LockOp::at).forEach(locking::add));
                new ReadOnlyRule(proof, method, pure).check(method, reduced, locking::contains);
            }
            Set<Sym> values = new HashSet<>();
            for (int i = 0; i < reduced.size(); i++) {
                int opcode = reduced.at(i).getOpcode();
                if (reduced.reachable(i) && opcode >= IRETURN && opcode < RETURN) {
                    values.addAll(values(reduced, i));
                }
            }
            return Optional.of(values);
        } catch (AnalyzerException unreadable) {
            proof.refuse(method, 0, "code that cannot be followed with a clear flag (" + unreadable.getMessage() + ")", "code that can", "leave this method locked");
            return Optional.empty();
        }
    }

    /** The value that is returned there, or each of the constants that it may be. */
    private static Set<Sym> values(MethodCode reduced, int index) throws AnalyzerException {
        if (!(reduced.stack(index, 0) instanceof Sym.Opaque)) {
            return Set.of(reduced.stack(index, 0));
        }
        Set<Sym> values = new HashSet<>();
        for (AbstractInsnNode made : reduced.origins().made(reduced.at(index), 0)) {
            Sym constant = made == null ? null : Sym.constant(made);
            if (constant == null) {
                return Set.of(reduced.stack(index, 0));
            }
            values.add(constant);
        }
        return values;
    }

    private Boolean isNull(Sym value, Assumed assumed) {
        if (value instanceof Sym.Argument argument && assumed.isNull(argument.index()) != null) {
            return assumed.isNull(argument.index());
        }
        if (present.test(value) || value.equals(Sym.THIS)) {
            return false;
        }
        Known known = condition(value);
        return known == Known.NULL ? Boolean.TRUE : known == Known.NOT_NULL ? Boolean.FALSE : null;
    }

    private Boolean isZero(Sym value) {
        Known known = condition(value);
        return known == Known.FALSE || known == Known.ZERO ? Boolean.TRUE : known == Known.TRUE ? Boolean.FALSE : null;
    }

    /** What 'when' says of an argument; it speaks of the woven method's, not of those of a skipped call. */
    private Known condition(Sym value) {
        Condition when = spec instanceof AnswerSpec ? spec.when() : null;
        return when != null && value instanceof Sym.Argument argument && argument.index() == when.index() ? when.is() : null;
    }

    private boolean put(int index, WhenClear line) {
        if (line.known() == Known.NOT_CARRIER) {
            return compared(index, (WhenClear.FieldRead) line);
        }
        AbstractInsnNode insn = code.at(index);
        boolean reference = line.known() == Known.NULL || line.known() == Known.NOT_NULL;
        if (line.known() == Known.NOT_NULL || !speaks(index, line)) {
            return false;
        }
        Type type = insn instanceof FieldInsnNode read ? Type.getType(read.desc) : Type.getReturnType(((MethodInsnNode) insn).desc);
        boolean fits = reference ? type.getSort() >= Type.ARRAY : line.known() == Known.ZERO ? type == Type.INT_TYPE : type == Type.BOOLEAN_TYPE;
        if (!fits) {
            return false;
        }
        Integer value = reference ? null : line.known() == Known.TRUE ? 1 : 0;
        constants.put(index, value);
        audits.add(new ClassWeave.Audited(index, reference, reference ? 1 : value, line.toString()));
        return true;
    }

    private boolean speaks(int index, WhenClear line) {
        AbstractInsnNode insn = code.at(index);
        if (line instanceof WhenClear.FieldRead wanted) {
            return insn instanceof FieldInsnNode read && read.getOpcode() == GETFIELD && read.name.equals(wanted.field().name()) && carrier.test(code.stack(index, 0))
                    && proof.classes().field(read.owner, read.name).filter(field -> field.owner().name.equals(Names.internal(wanted.field().owner()))).isPresent();
        }
        if (!(insn instanceof MethodInsnNode call) || call.getOpcode() == INVOKESTATIC) {
            return false;
        }
        int arguments = Type.getArgumentTypes(call.desc).length;
        if (line instanceof WhenClear.Asked asked) {
            return Names.matches(asked.method(), call.name, call.desc) && arguments == 1 && carrier.test(code.stack(index, 0))
                    && (CollectionCalls.isType(call.owner)) && KnownCollection.isRead(proof, asked.on(), MarkPlace.source(code, code.stack(index, arguments)));
        }
        MethodRef wanted = ((WhenClear.Call) line).method();
        return arguments == 0 && Names.matches(wanted, call.name, call.desc) && carrier.test(code.stack(index, 0))
                && proof.classes().bound(call).filter(callee -> callee.owner().name.equals(Names.internal(wanted.owner()))).isPresent();
    }

    /** A comparison of the carrier with what was read from the link: they are not the same. */
    private boolean compared(int index, WhenClear.FieldRead line) {
        AbstractInsnNode insn = code.at(index);
        if (insn instanceof JumpInsnNode jump && (jump.getOpcode() == IF_ACMPEQ || jump.getOpcode() == IF_ACMPNE)) {
            boolean differs = carrier.test(code.stack(index, 0)) && Names.is(line.field(), code.stack(index, 1))
                    || carrier.test(code.stack(index, 1)) && Names.is(line.field(), code.stack(index, 0));
            return differs && unequal.add(index);
        }
        // Only the carrier's own equals is known to be identity; another object's may say anything.
        boolean equals = insn instanceof MethodInsnNode call && call.name.equals("equals") && call.desc.equals("(Ljava/lang/Object;)Z")
                && carrier.test(code.stack(index, 1)) && Names.is(line.field(), code.stack(index, 0));
        if (equals) {
            constants.put(index, 0);
            audits.add(new ClassWeave.Audited(index, false, 0, line.toString()));
        }
        return equals;
    }
}
