package io.usr1.weaver.weave;

import net.bytebuddy.description.annotation.AnnotationList;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.description.type.TypeList;

import org.objectweb.asm.Opcodes;

/**
 * A class of which Byte Buddy knows the name and nothing else: what is woven is decided on the tree. Describing it would read
 * the class file once more, with a hundred classes that nothing else needs.
 */
final class Undescribed extends TypeDescription.Latent {

    Undescribed(String binaryName) {
        super(binaryName, Opcodes.ACC_PUBLIC, null);
    }

    @Override public FieldList<FieldDescription.InDefinedShape> getDeclaredFields() {
        return new FieldList.Empty<>();
    }

    @Override public MethodList<MethodDescription.InDefinedShape> getDeclaredMethods() {
        return new MethodList.Empty<>();
    }

    @Override public TypeList.Generic getTypeVariables() {
        return new TypeList.Generic.Empty();
    }

    /** None to be added; those in the class file stay. */
    @Override public AnnotationList getDeclaredAnnotations() {
        return new AnnotationList.Empty();
    }
}
