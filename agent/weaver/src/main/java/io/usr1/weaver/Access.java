package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import org.objectweb.asm.tree.ClassNode;

/** What code in a class may use, as the JVM sees it. */
record Access(Classes classes, ClassNode user) {

    /** @param through internal name of the type that the object is known as */
    boolean reads(Classes.Field field, String through) {
        if (field.is(ACC_PRIVATE)) {
            return classes.nest(field.owner()).stream().anyMatch(mate -> mate.name.equals(user.name));
        }
        return near(field.owner()) || field.is(ACC_PUBLIC) && isPublic(through);
    }

    /** The same for a method; of private ones never. */
    boolean calls(Classes.Method method, String through) {
        return !method.is(ACC_PRIVATE) && (near(method.owner()) || method.is(ACC_PUBLIC) && isPublic(through));
    }

    private boolean near(ClassNode type) {
        return Names.packageOf(user.name).equals(Names.packageOf(type.name));
    }

    private boolean isPublic(String type) {
        return classes.find(type).filter(found -> (found.access & ACC_PUBLIC) != 0).isPresent();
    }
}
