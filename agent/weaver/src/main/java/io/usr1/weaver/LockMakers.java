package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.LockSpec.Kind;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** Which values are certainly a lock of the JDK of some kind: made there, or the read or write form of one made there. */
final class LockMakers {

    private static final String LOCKS = "java/util/concurrent/locks/";
    private static final String READ_WRITE = LOCKS + "ReentrantReadWriteLock";
    private static final String STAMPED = LOCKS + "StampedLock";
    /** What a subclass must leave alone to be the lock that it extends. */
    private static final Map<String, Set<String>> MEANING = Map.of(LockRule.REENTRANT, Set.of("lock", "unlock", "tryLock"),
            READ_WRITE, Set.of("readLock", "writeLock"),
            STAMPED, Set.of("readLock", "writeLock", "unlock", "unlockRead", "unlockWrite", "asReadLock", "asWriteLock", "asReadWriteLock"));

    private final Proof proof;
    private final Kind kind;

    LockMakers(Proof proof, Kind kind) {
        this.proof = proof;
        this.kind = kind;
    }

    String expected() {
        String made = "a new java.util.concurrent.locks.";
        return switch (kind) {
            case READ_WRITE -> made + "ReentrantReadWriteLock, or a subclass that does not override readLock or writeLock";
            case STAMPED -> made + "StampedLock, or a subclass that does not override what takes it";
            case LOCK -> made + "ReentrantLock, or readLock() or writeLock() of a read-write lock made in the same class";
            default -> made + "ReentrantLock, or a subclass that does not override lock, unlock or tryLock";
        };
    }

    /** Whether every object of that declared type is such a lock. */
    boolean fixed(ClassNode type) {
        return (type.access & ACC_FINAL) != 0 && isLock(type.name);
    }

    boolean makes(GuardedField.Write write) {
        return write.value() instanceof Sym.Made made && isLock(made.type()) || kind == Kind.LOCK && view(write) != null;
    }

    /** Fields of read-write locks whose forms are what the field is given: they must be such locks in turn. */
    List<GuardedField> viewed(Classes.Field field) {
        List<GuardedField> viewed = new ArrayList<>();
        for (MethodNode method : kind == Kind.LOCK ? field.owner().methods : List.<MethodNode>of()) {
            for (AbstractInsnNode insn : method.instructions) {
                boolean writes = insn instanceof FieldInsnNode put && (put.getOpcode() == PUTFIELD || put.getOpcode() == PUTSTATIC)
                        && put.name.equals(field.node().name) && put.owner.equals(field.owner().name);
                if (writes) {
                    code(field.owner(), method).filter(code -> code.reachable(code.index(insn)))
                            .ifPresent(code -> add(code, code.stack(code.index(insn), 0), viewed));
                }
            }
        }
        return viewed;
    }

    private void add(MethodCode code, Sym value, List<GuardedField> viewed) {
        Sym source = source(code, value);
        if (source instanceof Sym.FieldOf of) {
            LockMakers makers = new LockMakers(proof, sourceKind(value));
            viewed.add(new GuardedField(of.holder(), of.name(), makers.expected(), "only observe the lock",
                    List.of(write -> write.inInitializerOf(of.holder()) && makers.makes(write))));
        }
    }

    /** What the written value is a form of: a lock made there, or a field that {@link #viewed} has guarded. Else null. */
    private Sym view(GuardedField.Write write) {
        Sym source = code(write.owner(), write.method()).map(code -> source(code, write.value())).orElse(null);
        if (source instanceof Sym.Made made) {
            return new LockMakers(proof, sourceKind(write.value())).isLock(made.type()) ? source : null;
        }
        // Only a private or final field of the class itself can be vouched for by its writes.
        return source instanceof Sym.FieldOf of && of.holder().equals(write.owner().name) && proof.classes().field(of.holder(), of.name())
                .filter(field -> field.is(ACC_PRIVATE | ACC_FINAL)).isPresent() ? source : null;
    }

    private static Sym source(MethodCode code, Sym value) {
        return value instanceof Sym.Result result && sourceKind(value) != null ? code.stack(code.index(result.at()), 0) : null;
    }

    /** The kind of lock that the value is a form of, null if it is none. */
    private static Kind sourceKind(Sym value) {
        if (!(value instanceof Sym.Result result) || !(result.at() instanceof MethodInsnNode call)) {
            return null;
        }
        return switch (call.name) {
            case "readLock", "writeLock" -> call.desc.startsWith("()L") && call.owner.startsWith(LOCKS) ? Kind.READ_WRITE : null;
            case "asReadLock", "asWriteLock" -> call.owner.equals(STAMPED) ? Kind.STAMPED : null;
            default -> null;
        };
    }

    private boolean isLock(String type) {
        String wanted = kind == Kind.READ_WRITE ? READ_WRITE : kind == Kind.STAMPED ? STAMPED : LockRule.REENTRANT;
        for (Optional<ClassNode> at = proof.classes().find(type); at.isPresent(); at = proof.classes().find(at.get().superName)) {
            ClassNode here = at.get();
            if (here.name.equals(wanted)) {
                return true;
            }
            if (here.superName == null || here.methods.stream().anyMatch(method -> MEANING.get(wanted).contains(method.name))) {
                return false;
            }
            if (!here.name.startsWith("java/")) {
                proof.rely(here);
            }
        }
        return false;
    }

    private Optional<MethodCode> code(ClassNode owner, MethodNode method) {
        try {
            return Optional.of(proof.classes().code(owner, method));
        } catch (AnalyzerException unreadable) {
            return Optional.empty();
        }
    }
}
