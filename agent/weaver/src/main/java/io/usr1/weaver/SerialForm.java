package io.usr1.weaver;

import io.usr1.weaver.code.Classes;

import org.objectweb.asm.tree.ClassNode;

/** Whether the JVM computes a class's serialVersionUID from what the class has, so that weaving could change it. */
final class SerialForm {

    private SerialForm() {
    }

    static boolean isComputed(Classes classes, ClassNode type) {
        return classes.supertypes(type).contains("java/io/Serializable")
                && type.fields.stream().noneMatch(field -> field.name.equals("serialVersionUID"));
    }
}
