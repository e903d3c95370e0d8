package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.FieldRef;
import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The methods by which a pool's own lock is taken and given back do nothing but that.
 *
 * <p>Of a lock class: they write its own fields only and call nothing but atomics, JDK locks in its fields, and each
 * other. Of a pool that has methods to lock itself: they take and give back one JDK lock in one field of it, without any
 * condition. Where a subclass could override them, each new object is asked whether its class does. Family E.
 */
final class OwnLockRule {

    private static final String LEAVE = "leave this region locked, or only observe the lock";
    private static final String LOCKS = "java/util/concurrent/locks/";
    private static final Set<String> HARMLESS = Set.of("java/lang/Thread.currentThread", "java/lang/Thread.onSpinWait", "java/lang/Thread.yield",
            "java/lang/invoke/VarHandle.compareAndSet", "java/lang/invoke/VarHandle.setRelease", "java/lang/invoke/VarHandle.setVolatile",
            "java/lang/invoke/VarHandle.getAcquire", "java/lang/invoke/VarHandle.getVolatile", "java/lang/invoke/VarHandle.weakCompareAndSet");

    private final Proof proof;
    private final LockSpec lock;
    /** Fields that hold a JDK lock which these methods take, with the call that says of which kind. */
    private final Map<FieldRef, LockSpec.Kind> inner = new LinkedHashMap<>();
    private final Set<String> visited = new HashSet<>();
    private boolean open;

    OwnLockRule(Proof proof, LockSpec lock) {
        this.proof = proof;
        this.lock = lock;
    }

    List<GuardedField> check() {
        List<GuardedField> guarded = new ArrayList<>();
        if (lock.place() instanceof LockPlace.Field place) {
            proof.type(place.owner()).filter(type -> proof.classes().field(type.name, place.field().name()).filter(field -> field.owner() == type).isEmpty())
                    .ifPresent(type -> proof.refuse(place.toString(), 0, "no such field", "the field that holds lock '" + lock.id() + "'", "check the name and the library's version"));
        }
        method(lock.acquire(), Type.VOID);
        method(lock.release(), Type.VOID);
        if (lock.attempt() != null) {
            method(lock.attempt(), Type.BOOLEAN);
        }
        if (wrapper() && inner.size() > 1) {
            refuse(lock.release().toString(), "another lock than " + lock.acquire() + " takes", "one lock, taken by the one and given back by the other");
        }
        if (open) {
            guarded.add(exact(((LockPlace.Field) lock.place()).field()));
        }
        inner.forEach((field, kind) -> guarded.addAll(new LockRule(proof, new LockSpec(lock.id(), kind, new LockPlace.Field(field), null, null, null)).check()));
        return guarded;
    }

    /** The pool itself, or whatever else is not just a lock. */
    private boolean wrapper() {
        return lock.place() instanceof LockPlace.ObjectOf;
    }

    private void method(MethodRef wanted, int returns) {
        Optional<Classes.Method> found = proof.method(wanted);
        if (found.isEmpty()) {
            return;
        }
        Classes.Method method = found.get();
        int type = Type.getReturnType(method.node().desc).getSort();
        boolean closes = wanted.equals(lock.acquire()) && type == Type.OBJECT;
        if (!fixed(method) && !(lock.place() instanceof LockPlace.Field) && !proof.keep(method)) {
            refuse(method, 0, "a method that may be overridden");
        } else if (method.is(ACC_STATIC) || !method.node().desc.startsWith("()") || type != returns && !closes) {
            refuse(method, 0, "a method that is static, has parameters or returns a value");
        } else {
            open |= !fixed(method) && lock.place() instanceof LockPlace.Field;
            body(method, closes);
        }
    }

    /** Where a method could be overridden, the lock must be an object of a class that does not. */
    private GuardedField exact(FieldRef field) {
        String owner = Names.internal(field.owner());
        proof.classes().field(owner, field.name()).filter(LockRule::replaceable)
                .ifPresent(found -> refuse(field.toString(), "a lock that any class may replace", "a field that is final, private or package-private"));
        return new GuardedField(owner, field.name(), "a new " + lock.acquire().owner() + ", whose methods a subclass could override", LEAVE,
                List.of(write -> write.inInitializerOf(owner) && write.value() instanceof Sym.Made made && made.type().equals(Names.internal(lock.acquire().owner()))));
    }

    private static boolean fixed(Classes.Method method) {
        return method.is(ACC_FINAL | ACC_PRIVATE) || (method.owner().access & ACC_FINAL) != 0;
    }

    private void body(Classes.Method method, boolean closes) {
        if (!visited.add(method.owner().name + "." + method.node().name + method.node().desc)) {
            return;
        }
        proof.rely(method.owner());
        Optional<MethodCode> code = proof.code(method);
        int locks = 0;
        for (int i = 0; code.isPresent() && i < code.get().size(); i++) {
            AbstractInsnNode insn = code.get().at(i);
            if (code.get().reachable(i)) {
                boolean takes = insn instanceof MethodInsnNode call && takes(code.get(), i, call);
                locks += takes ? 1 : 0;
                String found = takes ? null : fault(code.get(), i, insn);
                found = found == null && wrapper() && insn instanceof JumpInsnNode ? "a condition" : found;
                found = insn.getOpcode() == ARETURN && closes && !code.get().stack(i, 0).equals(Sym.THIS) ? "a return of something else than the lock itself" : found;
                if (found != null) {
                    refuse(method, MethodCode.line(insn), found);
                }
            }
        }
        if (wrapper() && locks != 1) {
            refuse(method, 0, locks + " calls of a JDK lock");
        }
        if (method.is(ACC_SYNCHRONIZED)) {
            refuse(method, 0, "a synchronized method");
        }
    }

    /** A call of the one JDK lock that it is all about, in a field of the object itself. */
    private boolean takes(MethodCode code, int index, MethodInsnNode call) {
        boolean plain = call.desc.equals("()V") && (call.name.equals("lock") || call.name.equals("unlock")) || (call.name + call.desc).equals("tryLock()Z");
        if (!plain || !call.owner.equals(LOCKS + "ReentrantLock") && !call.owner.equals(LOCKS + "Lock")
                || !(code.stack(index, 0) instanceof Sym.FieldOf field) || !Sym.THIS.equals(field.owner())) {
            return false;
        }
        inner.put(new FieldRef(Names.binary(field.holder()), field.name()), call.owner.endsWith("/Lock") ? LockSpec.Kind.LOCK : LockSpec.Kind.REENTRANT);
        return true;
    }

    private String fault(MethodCode code, int index, AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        if (insn instanceof MethodInsnNode call) {
            return call(code, index, call);
        }
        if (insn instanceof FieldInsnNode field && (opcode == PUTFIELD || opcode == PUTSTATIC)) {
            boolean own = opcode == PUTFIELD && code.stack(index, 1).equals(Sym.THIS) && !wrapper();
            return own ? null : "a write of " + Names.binary(field.owner) + "." + field.name;
        }
        boolean harmful = opcode >= IASTORE && opcode <= SASTORE || opcode == INVOKEDYNAMIC || opcode == NEW || opcode == NEWARRAY || opcode == ANEWARRAY
                || opcode == MULTIANEWARRAY || opcode == ATHROW || opcode == MONITORENTER || opcode == MONITOREXIT;
        return harmful ? "more than taking or giving back a lock" : null;
    }

    private String call(MethodCode code, int index, MethodInsnNode call) {
        if (HARMLESS.contains(call.owner + "." + call.name) || !wrapper() && call.owner.startsWith("java/util/concurrent/atomic/")) {
            return null;
        }
        // Of an object that is exactly of the lock's class, see exact(), every method is known.
        Optional<Classes.Method> callee = open ? proof.classes().method(call.owner, call.name, call.desc) : proof.classes().bound(call);
        boolean own = call.getOpcode() != INVOKESTATIC && code.stack(index, Type.getArgumentTypes(call.desc).length).equals(Sym.THIS);
        if (callee.isEmpty() || !own || wrapper()) {
            return "a call of " + Names.binary(call.owner) + "." + call.name;
        }
        body(callee.get(), false);
        return null;
    }

    private void refuse(Classes.Method method, int line, String found) {
        proof.refuse(method, line, found, "a final method without parameters that only takes or gives back lock '" + lock.id() + "' ("
                + Names.binary(method.owner().name) + ")", LEAVE);
    }

    private void refuse(String where, String found, String expected) {
        proof.refuse(where, 0, found, expected, LEAVE);
    }
}
