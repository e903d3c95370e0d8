package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;

import io.usr1.target.FieldRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** A field that holds one collection of the JDK, made for it by its own class, for as long as the object lives. */
final class KnownCollection {

    private static final String EXPECTED = "a new collection of java.util that compares by equals, in a constructor or the static initialiser";

    private KnownCollection() {
    }

    /** The field and the rule of its writes, or empty and a refusal. */
    static Optional<GuardedField> of(Proof proof, FieldRef wanted) {
        Optional<ClassNode> owner = proof.type(wanted.owner());
        Optional<Classes.Field> field = owner.flatMap(type -> proof.classes().field(type.name, wanted.name()).filter(found -> found.owner() == type));
        if (owner.isPresent() && field.isEmpty()) {
            proof.refuse(wanted.toString(), 0, "no such field", "the field that holds the collection", "check the name and the library's version");
        }
        return field.flatMap(found -> {
            Type type = Type.getType(found.node().desc);
            if (type.getSort() != Type.OBJECT || !type.getInternalName().startsWith("java/util/")) {
                proof.refuse(wanted.toString(), 0, "a " + type.getClassName(), "a collection or map of java.util", "name the field that holds it");
                return Optional.empty();
            }
            if (found.is(ACC_PUBLIC | ACC_PROTECTED)) {
                proof.refuse(wanted.toString(), 0, "a collection that any class may use", "a private or package-private field, whose users can be listed",
                        "refuse this library version");
                return Optional.empty();
            }
            return Optional.of(guard(proof, found));
        });
    }

    private static GuardedField guard(Proof proof, Classes.Field field) {
        String owner = field.owner().name;
        return new GuardedField(owner, field.node().name, EXPECTED, "refuse this library version", List.of(
                write -> write.inInitializerOf(owner) && made(proof, new Classes.Method(write.owner(), write.method()), write.value())));
    }

    /** A further rule of its writes: each is of a collection that takes its own monitor. */
    static GuardedField lockingItself(GuardedField field) {
        return new GuardedField(field.owner(), field.name(), "a new collection of Collections.synchronizedList and its like", field.todo(), List.of(
                write -> write.value() instanceof Sym.Result result && result.at() instanceof MethodInsnNode call && CollectionCalls.locksItself(call)));
    }

    private static boolean made(Proof proof, Classes.Method method, Sym value) {
        if (value instanceof Sym.Made made) {
            return CollectionCalls.isMade(made.type());
        }
        if (!(value instanceof Sym.Result result) || !(result.at() instanceof MethodInsnNode call)) {
            return false;
        }
        boolean keySet = call.owner.equals("java/util/concurrent/ConcurrentHashMap") && call.name.equals("newKeySet");
        return keySet || CollectionCalls.wraps(call)
                && proof.code(method).filter(code -> made(proof, method, code.stack(code.index(call), 0))).isPresent();
    }

    static boolean isRead(Proof proof, FieldRef field, Sym value) {
        return Names.is(field, value) && proof.classes().field(Names.internal(field.owner()), field.name()).isPresent();
    }
}
