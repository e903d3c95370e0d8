package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * A method's body with known values put in, the lock and omitted calls taken out, and without what can then no longer be
 * reached: what runs while the flag is clear.
 *
 * <p>Made once for the proof, which reads the result, and again, the same way, for each weave. Every instruction that
 * goes is replaced by at least one that stays, so the frames of the compiler still stand where a frame has to stand.
 */
public final class ReducedBody {

    private final Classes classes;
    private final ClassNode owner;
    private final MethodNode method;
    private final AbstractInsnNode entered;
    private final Set<AbstractInsnNode> left = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<AbstractInsnNode> notNull = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Integer, AbstractInsnNode> numbered;
    private final Facts facts;
    private MethodCode code;

    private ReducedBody(Classes classes, ClassNode owner, MethodNode original, ClassWeave.Cut cut, Facts facts) throws AnalyzerException {
        this.facts = facts;
        this.classes = classes;
        this.owner = owner;
        this.method = copy(original);
        this.numbered = TimedBody.number(method);
        AbstractInsnNode[] at = method.instructions.toArray();
        cut.notNull().forEach(index -> notNull.add(at[index]));
        if (cut.acquire() >= 0 && at[cut.acquire()] instanceof MethodInsnNode call && call.desc.startsWith("()L")) {
            takenIsNotNull(call);
        }
        this.entered = cut.acquire() < 0 ? null : replace(at[cut.acquire()], taken(at[cut.acquire()]));
        cut.releases().forEach(index -> left.add(replace(at[index],
                at[index] instanceof MethodInsnNode call ? pops(call) : List.of(new InsnNode(POP)))));
        cut.constants().forEach((index, value) -> replace(at[index], instead(at[index], new InsnNode(value == null ? ACONST_NULL : ICONST_0 + value))));
        facts.unequal().forEach(index -> differ((JumpInsnNode) at[index]));
        cut.omitted().forEach(index -> replace(at[index], pops((MethodInsnNode) at[index])));
        simplify();
    }

    public static ReducedBody of(Classes classes, ClassNode owner, MethodNode original, ClassWeave.Cut cut) throws AnalyzerException {
        return new ReducedBody(classes, owner, original, cut, Facts.NONE);
    }

    /** The same with what is known of values, for a proof; such a body is not woven. */
    public static ReducedBody of(Classes classes, ClassNode owner, MethodNode original, Map<Integer, Integer> constants, Facts facts) throws AnalyzerException {
        return new ReducedBody(classes, owner, original, new ClassWeave.Cut(-1, Set.of(), constants, Set.of(), Set.of()), facts);
    }

    /**
     * What is known of values that are not read in the method.
     *
     * @param unequal numbers of jumps that compare two objects which are not the same
     * @param isNull  whether a value is null; null for "it depends"
     * @param isZero  whether an int is 0; null for "it depends"
     */
    public record Facts(Set<Integer> unequal, Function<Sym, Boolean> isNull, Function<Sym, Boolean> isZero) {
        static final Facts NONE = new Facts(Set.of(), value -> null, value -> null);
    }

    /** The new body; name, access and attributes are still those of the original. */
    public MethodNode method() {
        return method;
    }

    /** The original's instructions by number; those that went are in no list. */
    public Map<Integer, AbstractInsnNode> numbered() {
        return numbered;
    }

    /** Of these acquisitions, those that can still be reached, with the releases that can. */
    List<ClassWeave.Timing> standing(List<ClassWeave.Timing> timings) {
        return timings.stream().filter(timing -> stands(timing.at()))
                .map(timing -> new ClassWeave.Timing(timing.host(), timing.at(), timing.form(), timing.site(),
                        new TreeSet<>(timing.releases().stream().filter(this::stands).toList())))
                .toList();
    }

    /** What stands for an acquisition: the lock goes from the stack, and what it yields is as if it had been taken. */
    private static List<AbstractInsnNode> taken(AbstractInsnNode acquire) {
        List<AbstractInsnNode> instead = new ArrayList<>(List.of(new InsnNode(POP)));
        int yields = acquire instanceof MethodInsnNode call ? Type.getReturnType(call.desc).getSort() : Type.VOID;
        if (yields != Type.VOID) {
            instead.add(new InsnNode(yields == Type.BOOLEAN ? ICONST_1 : yields == Type.LONG ? LCONST_0 : ACONST_NULL));
        }
        return instead;
    }

    /**
     * The object that gives the lock back goes only to its release and to tests for null (the proof sees to that). Null
     * stands for it in this body, so what the tests would have found is put in here, before that.
     */
    private void takenIsNotNull(MethodInsnNode acquire) throws AnalyzerException {
        MethodCode before = MethodCode.of(classes, owner, method);
        Map<JumpInsnNode, Boolean> decided = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            if (before.at(i) instanceof JumpInsnNode jump && (jump.getOpcode() == IFNULL || jump.getOpcode() == IFNONNULL) && before.reachable(i)
                    && before.stack(i, 0) instanceof Sym.Result result && result.at() == acquire) {
                decided.put(jump, jump.getOpcode() == IFNONNULL);
            }
        }
        decided.forEach(this::decide);
    }

    private boolean stands(int number) {
        return number >= 0 && method.instructions.contains(numbered.get(number));
    }

    /** The body as analysed after the last change. */
    public MethodCode code() {
        return code;
    }

    /** What stands where the lock was taken; null if no acquisition was taken out: a synchronized method has none in its code. */
    public AbstractInsnNode entered() {
        return entered;
    }

    /** What stands where it was given back, where that can still be reached. */
    public Set<AbstractInsnNode> left() {
        return left;
    }

    /** A copy with the same instruction numbers. */
    static MethodNode copy(MethodNode original) {
        MethodNode copy = new MethodNode(ASM9, original.access, original.name, original.desc, original.signature,
                original.exceptions.toArray(new String[0]));
        original.accept(copy);
        return copy;
    }

    private void simplify() throws AnalyzerException {
        boolean changed = true;
        while (changed) {
            code = MethodCode.of(classes, owner, method);
            changed = decideJumps();
            if (changed) {
                code = MethodCode.of(classes, owner, method);
            }
            // Not short-circuited.
            changed |= dropUnreachable() | dropEmptyBlocks();
        }
    }

    private boolean decideJumps() {
        Map<JumpInsnNode, Boolean> decided = new LinkedHashMap<>();
        for (int i = 0; i < code.size(); i++) {
            if (code.at(i) instanceof JumpInsnNode jump && code.reachable(i)) {
                Boolean jumps = outcome(i, jump.getOpcode());
                if (jumps != null) {
                    decided.put(jump, jumps);
                }
            }
        }
        decided.forEach(this::decide);
        return !decided.isEmpty();
    }

    private void decide(JumpInsnNode jump, boolean jumps) {
        boolean two = jump.getOpcode() >= IF_ICMPEQ && jump.getOpcode() <= IF_ICMPLE;
        AbstractInsnNode pop = new InsnNode(two ? POP2 : POP);
        replace(jump, jumps ? List.of(pop, new JumpInsnNode(GOTO, jump.label)) : List.of(pop));
    }

    private Boolean outcome(int index, int opcode) {
        if (opcode == IFNULL || opcode == IFNONNULL) {
            Boolean isNull = isNull(code.stack(index, 0));
            return isNull == null ? null : isNull == (opcode == IFNULL);
        }
        if (opcode >= IFEQ && opcode <= IFLE && code.stack(index, 0) instanceof Sym.Constant value && value.value() != null) {
            return compare(opcode - IFEQ, value.value(), 0);
        }
        if ((opcode == IFEQ || opcode == IFNE) && facts.isZero().apply(code.stack(index, 0)) != null) {
            return facts.isZero().apply(code.stack(index, 0)) == (opcode == IFEQ);
        }
        if (opcode >= IF_ICMPEQ && opcode <= IF_ICMPLE && code.stack(index, 0) instanceof Sym.Constant right
                && code.stack(index, 1) instanceof Sym.Constant left) {
            return compare(opcode - IF_ICMPEQ, left.value(), right.value());
        }
        return null;
    }

    private Boolean isNull(Sym value) {
        if (value instanceof Sym.Constant constant && constant.value() == null) {
            return true;
        }
        boolean never = value instanceof Sym.Made || value instanceof Sym.FieldOf field && notNull.contains(field.at());
        return never ? Boolean.FALSE : facts.isNull().apply(value);
    }

    /** @param relation as the opcodes from IFEQ on are ordered */
    public static boolean compare(int relation, int left, int right) {
        return switch (relation) {
            case 0 -> left == right;
            case 1 -> left != right;
            case 2 -> left < right;
            case 3 -> left >= right;
            case 4 -> left > right;
            default -> left <= right;
        };
    }

    private boolean dropUnreachable() {
        List<AbstractInsnNode> dead = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            if (!code.reachable(i) && !(code.at(i) instanceof LabelNode)) {
                dead.add(code.at(i));
            }
        }
        dead.forEach(method.instructions::remove);
        left.removeAll(dead);
        return !dead.isEmpty();
    }

    private boolean dropEmptyBlocks() {
        return method.tryCatchBlocks.removeIf(this::isEmpty);
    }

    private boolean isEmpty(TryCatchBlockNode block) {
        for (AbstractInsnNode at = block.start; at != null && at != block.end; at = at.getNext()) {
            if (at.getOpcode() >= 0) {
                return false;
            }
        }
        return true;
    }

    private AbstractInsnNode replace(AbstractInsnNode old, List<AbstractInsnNode> instead) {
        AbstractInsnNode last = old;
        for (AbstractInsnNode insn : instead) {
            method.instructions.insert(last, insn);
            last = insn;
        }
        method.instructions.remove(old);
        return instead.get(0);
    }

    private static List<AbstractInsnNode> instead(AbstractInsnNode read, InsnNode value) {
        List<AbstractInsnNode> instead = new ArrayList<>(read instanceof MethodInsnNode call ? pops(call) : List.of(new InsnNode(POP)));
        instead.add(value);
        return instead;
    }

    /** The jump of a comparison whose two objects are not the same. */
    private void differ(JumpInsnNode jump) {
        AbstractInsnNode pop = new InsnNode(POP2);
        replace(jump, jump.getOpcode() == IF_ACMPNE ? List.of(pop, new JumpInsnNode(GOTO, jump.label)) : List.of(pop));
    }

    private static List<AbstractInsnNode> pops(MethodInsnNode call) {
        List<AbstractInsnNode> pops = new ArrayList<>();
        Type[] arguments = Type.getArgumentTypes(call.desc);
        for (int i = arguments.length - 1; i >= 0; i--) {
            pops.add(new InsnNode(arguments[i].getSize() == 2 ? POP2 : POP));
        }
        if (call.getOpcode() != INVOKESTATIC) {
            pops.add(new InsnNode(POP));
        }
        // A static call without arguments leaves nothing to pop, but something has to stand here: see the class comment.
        return pops.isEmpty() ? List.of(new InsnNode(NOP)) : pops;
    }
}
