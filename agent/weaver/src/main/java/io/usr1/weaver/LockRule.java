package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;

import io.usr1.target.FieldRef;
import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.tree.ClassNode;

/**
 * A lock that a region is to go without is exactly what the target says: not taking it leaves nothing undone.
 *
 * <p>I6, family E: an overridden {@code lock()} could do more than to lock.
 */
final class LockRule {

    private static final String REENTRANT = "java/util/concurrent/locks/ReentrantLock";

    private final Proof proof;

    LockRule(Proof proof) {
        this.proof = proof;
    }

    /** @return the field whose writes show which class the lock is of, where its type does not */
    Optional<GuardedField> check(LockSpec lock) {
        FieldRef wanted = ((LockPlace.Field) lock.place()).field();
        Optional<ClassNode> owner = proof.type(wanted.owner());
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        Optional<Classes.Field> field = proof.classes().field(owner.get().name, wanted.name()).filter(found -> found.owner() == owner.get());
        if (field.isEmpty()) {
            proof.refuse(lock.place().toString(), 0, "no such field", "the field that holds lock '" + lock.id() + "'", "check the name and the library's version");
            return Optional.empty();
        }
        return switch (lock.kind()) {
            case MONITOR -> Optional.empty();
            case REENTRANT -> reentrant(lock, field.get());
            case OWN -> {
                own(lock, lock.acquire());
                own(lock, lock.release());
                yield Optional.empty();
            }
            default -> Optional.empty(); // Refused as a whole, see NotYet.
        };
    }

    private Optional<GuardedField> reentrant(LockSpec lock, Classes.Field field) {
        if (field.is(ACC_STATIC) || field.is(ACC_PUBLIC | ACC_PROTECTED) && !field.is(ACC_FINAL)) {
            proof.refuse(lock.place().toString(), 0, field.is(ACC_STATIC) ? "a static lock" : "a lock that any class may replace",
                    "an instance field that is final, private or package-private", "leave this region locked");
            return Optional.empty();
        }
        return Optional.of(new GuardedField(field.owner().name, field.node().name, "a new java.util.concurrent.locks.ReentrantLock, no subclass",
                "leave this region locked", List.of(write -> write.value() instanceof Sym.Made made && made.type().equals(REENTRANT)
                        && write.inConstructorOf(field.owner().name))));
    }

    private void own(LockSpec lock, MethodRef method) {
        proof.method(method).ifPresent(found -> {
            boolean fixed = found.is(ACC_FINAL | ACC_PRIVATE) || (found.owner().access & ACC_FINAL) != 0;
            if (!fixed || !found.node().desc.equals("()V") || found.is(ACC_STATIC)) {
                proof.refuse(found, 0, fixed ? "a method that is static, has parameters or returns a value" : "a method that may be overridden",
                        "a final 'void' method without parameters for lock '" + lock.id() + "' (" + Names.binary(found.owner().name) + ")", "leave this region locked");
            }
        });
    }
}
