package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.FieldRef;
import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * A lock that a bypass is to go without is exactly what the target says: not taking it leaves nothing undone.
 *
 * <p>I6, family E: an overridden {@code lock()} could do more than to lock. Where the declared type does not settle which
 * class the lock is of, every write of its field must.
 */
final class LockRule {

    static final String REENTRANT = "java/util/concurrent/locks/ReentrantLock";

    private static final String LEAVE = "leave this region locked, or only observe the lock";

    private final Proof proof;
    private final LockSpec lock;

    LockRule(Proof proof, LockSpec lock) {
        this.proof = proof;
        this.lock = lock;
    }

    /** @return the fields whose writes show which class the lock is of, to be checked and watched by the caller */
    List<GuardedField> check() {
        if (lock.kind() == LockSpec.Kind.OWN) {
            return new OwnLockRule(proof, lock).check();
        }
        FieldRef wanted = field();
        if (wanted == null) {
            if (lock.kind() != LockSpec.Kind.MONITOR) {
                declared(lock.place().owner(), lock.place().toString());
            } else {
                proof.type(lock.place().owner());
            }
            return List.of();
        }
        Optional<Classes.Field> field = find(wanted);
        if (field.isEmpty() || lock.kind() == LockSpec.Kind.MONITOR) {
            return List.of();
        }
        if (lock.place() instanceof LockPlace.Field) {
            return guarded(field.get());
        }
        Type type = Type.getType(field.get().node().desc);
        Type held = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        declared(lock.place() instanceof LockPlace.ElementOf ? held.getClassName() : "java.lang.Object", lock.place().toString());
        return List.of();
    }

    private FieldRef field() {
        return lock.place() instanceof LockPlace.Field place ? place.field()
                : lock.place() instanceof LockPlace.ElementOf place ? place.field()
                : lock.place() instanceof LockPlace.ValueOf place ? place.field() : null;
    }

    private Optional<Classes.Field> find(FieldRef wanted) {
        Optional<ClassNode> owner = proof.type(wanted.owner());
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        Optional<Classes.Field> field = proof.classes().field(owner.get().name, wanted.name()).filter(found -> found.owner() == owner.get());
        if (field.isEmpty()) {
            proof.refuse(lock.place().toString(), 0, "no such field", "the field that holds lock '" + lock.id() + "'", "check the name and the library's version");
        }
        return field;
    }

    private List<GuardedField> guarded(Classes.Field field) {
        if (replaceable(field)) {
            proof.refuse(lock.place().toString(), 0, "a lock that any class may replace",
                    "a field that is final, private or package-private", LEAVE);
            return List.of();
        }
        LockMakers makers = new LockMakers(proof, lock.kind());
        List<GuardedField> guarded = new ArrayList<>(makers.viewed(field));
        guarded.add(new GuardedField(field.owner().name, field.node().name, makers.expected(), LEAVE,
                List.of(write -> write.inInitializerOf(field.owner().name) && makers.makes(write))));
        return guarded;
    }

    static boolean replaceable(Classes.Field field) {
        return field.is(ACC_PUBLIC | ACC_PROTECTED) && !field.is(ACC_FINAL);
    }

    /** Where no write can be followed the declared type itself must leave no choice. */
    private void declared(String type, String where) {
        Optional<ClassNode> found = proof.type(type);
        boolean fixed = found.isPresent() && new LockMakers(proof, lock.kind()).fixed(found.get());
        if (found.isPresent() && !fixed) {
            proof.refuse(where, 0, "a lock whose class is not known: " + type + " or any class that extends or implements it",
                    "a final class for lock '" + lock.id() + "', or a field that is only ever given new locks of the JDK", LEAVE);
        }
    }
}
