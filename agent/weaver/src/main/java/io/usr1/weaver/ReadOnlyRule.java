package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * A body only reads: if it is not run at all, nothing is missed but its answer. An exception that it would end with by
 * itself, as by a null on the way, is not missed either.
 *
 * <p>I8, I15 and family E: no write, no other lock, no call that could do either.
 */
final class ReadOnlyRule {

    private static final Set<String> TEXT = Set.of("java/lang/StringBuilder", "java/lang/String", "java/lang/Integer", "java/lang/Long", "java/lang/Boolean", "java/lang/Math");
    private static final Set<String> CLOCKS = Set.of("java/lang/System.nanoTime", "java/lang/System.currentTimeMillis", "java/lang/Thread.currentThread",
            "java/lang/Thread.holdsLock", "java/lang/Object.getClass");
    private static final Set<String> VIEWS = Set.of("readLock", "writeLock", "asReadLock", "asWriteLock");

    private final Proof proof;
    private final Classes.Method asked;
    private final List<MethodRef> pure;
    private final Set<Object> visited = new HashSet<>();

    /** @param pure calls that the target says only read */
    ReadOnlyRule(Proof proof, Classes.Method asked, List<MethodRef> pure) {
        this.proof = proof;
        this.asked = asked;
        this.pure = pure;
    }

    /**
     * @param locking what the body does to the lock that is not taken then
     * @param known   calls on values of which the proof knows the answer
     */
    void check(Classes.Method method, MethodCode code, Predicate<AbstractInsnNode> locking) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> work = new ArrayDeque<>(List.of(0));
        while (!work.isEmpty()) {
            int index = work.pop();
            if (!seen.add(index)) {
                continue;
            }
            String found = locking.test(code.at(index)) ? null : fault(method, code, index);
            if (found != null) {
                proof.refuse(method, MethodCode.line(code.at(index)), found + " in " + Names.method(asked.owner(), asked.node()) + " as it would run with a clear flag",
                        "only reads, arithmetic and jumps", "add what makes this unreachable to 'when-clear', list a call that only reads in 'pure', or leave this method locked");
            }
            work.addAll(code.next(index));
            if (code.mayThrow(index, value -> false)) {
                code.handlers(index).stream().filter(handler -> catches(handler, code.at(index))).forEach(handler -> work.add(code.index(handler.handler)));
            }
        }
    }

    /** What the JDK's collections and a null on the way throw is the JDK's; a handler of the pool's own exceptions is for its own methods. */
    private static boolean catches(TryCatchBlockNode handler, AbstractInsnNode insn) {
        boolean own = insn instanceof MethodInsnNode call && !call.owner.startsWith("java/");
        return own || handler.type == null || handler.type.startsWith("java/");
    }

    private String fault(Classes.Method method, MethodCode code, int index) {
        AbstractInsnNode insn = code.at(index);
        int opcode = insn.getOpcode();
        if (insn instanceof MethodInsnNode call) {
            return call(code, index, call);
        }
        if (insn instanceof FieldInsnNode field) {
            boolean reads = opcode == GETFIELD || opcode == GETSTATIC && (field.owner.equals(method.owner().name) || field.owner.equals(asked.owner().name));
            return reads ? null : (opcode == GETSTATIC ? "a read of static " : "a write of ") + Names.binary(field.owner) + "." + field.name;
        }
        if (opcode >= IASTORE && opcode <= SASTORE) {
            return "a write to an array";
        }
        if (insn instanceof LdcInsnNode constant) {
            return constant.cst instanceof Number || constant.cst instanceof String ? null : "a constant that loads a class";
        }
        return switch (opcode) {
            case NEW -> ((TypeInsnNode) insn).desc.equals("java/lang/StringBuilder") ? null : "a new " + Names.binary(((TypeInsnNode) insn).desc);
            case NEWARRAY, ANEWARRAY, MULTIANEWARRAY -> "a new array";
            case INVOKEDYNAMIC -> joinsText((InvokeDynamicInsnNode) insn) ? null : "an invokedynamic";
            case MONITORENTER, MONITOREXIT -> "another monitor";
            case ATHROW -> code.stack(index, 0) instanceof Sym.Caught ? null : "a throw";
            default -> null;
        };
    }

    private String call(MethodCode code, int index, MethodInsnNode call) {
        String name = Names.binary(call.owner) + "." + call.name;
        if (CLOCKS.contains(call.owner + "." + call.name) || call.owner.startsWith("java/util/concurrent/locks/") && VIEWS.contains(call.name)
                || TEXT.contains(call.owner) && plain(Type.getArgumentTypes(call.desc))) {
            return null;
        }
        if (CollectionCalls.asks(call)) {
            return known(code, code.stack(index, Type.getArgumentTypes(call.desc).length)) ? null : "a call of " + name + " on something that may be any collection";
        }
        Optional<Classes.Method> callee = call.owner.startsWith("java/") ? Optional.empty() : proof.calls().bound(call);
        boolean listed = pure.stream().anyMatch(method -> Names.matches(method, call.name, call.desc) && (Names.internal(method.owner()).equals(call.owner)
                || callee.filter(found -> found.owner().name.equals(Names.internal(method.owner()))).isPresent()));
        if (proof.classes().accessed(call) != null) {
            return null;
        }
        if (!listed) {
            return "a call of " + name;
        }
        if (callee.isEmpty()) {
            proof.note("that " + name + " only reads is taken from the target: which code it runs cannot be told from the class files");
        } else if (visited.add(callee.get().node())) {
            body(callee.get());
        }
        return null;
    }

    private void body(Classes.Method callee) {
        proof.rely(callee.owner());
        if (callee.is(ACC_SYNCHRONIZED)) {
            proof.refuse(callee, 0, "a synchronized method in 'pure'", "a method that only reads", "take it out of 'pure'");
        }
        proof.code(callee).ifPresent(code -> check(callee, code, insn -> false));
    }

    /** The collection is one of the JDK's: it stands in a field that holds no other, or comes from such a collection. */
    private boolean known(MethodCode code, Sym receiver) {
        if (receiver instanceof Sym.Result result && result.at() instanceof MethodInsnNode call && CollectionCalls.asks(call)) {
            return !call.name.equals("next") && known(code, code.stack(code.index(call), Type.getArgumentTypes(call.desc).length));
        }
        if (!(receiver instanceof Sym.FieldOf field)) {
            return false;
        }
        int before = proof.refusals().size();
        Optional<GuardedField> guarded = KnownCollection.of(proof, new FieldRef(Names.binary(field.holder()), field.name()));
        guarded.ifPresent(proof::guard);
        return guarded.isPresent() && proof.refusals().size() == before;
    }

    private static boolean joinsText(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals("java/lang/invoke/StringConcatFactory") && plain(Type.getArgumentTypes(dynamic.desc));
    }

    private static boolean plain(Type[] arguments) {
        return Arrays.stream(arguments).allMatch(type -> type.getSort() < Type.ARRAY || type.getClassName().equals("java.lang.String"));
    }
}
