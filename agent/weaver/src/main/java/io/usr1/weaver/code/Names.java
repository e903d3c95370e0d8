package io.usr1.weaver.code;

import java.util.ArrayList;
import java.util.List;

import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Between the target's names (binary, as Java source writes them) and the class file's. */
public final class Names {

    private Names() {
    }

    public static String internal(String binaryName) {
        return binaryName.replace('.', '/');
    }

    public static String binary(String internalName) {
        return internalName.replace('/', '.');
    }

    /** {@code pkg.Class#method}, as refusals and sites print it. */
    public static String method(ClassNode owner, MethodNode method) {
        return binary(owner.name) + "#" + method.name;
    }

    public static String packageOf(String name) {
        int end = Math.max(name.lastIndexOf('/'), name.lastIndexOf('.'));
        return end < 0 ? "" : name.substring(0, end).replace('.', '/');
    }

    /** Whether a method of that name and descriptor is the one meant; the owner is not looked at. */
    public static boolean matches(MethodRef wanted, String name, String descriptor) {
        return wanted.name().equals(name) && (wanted.parameters() == null || wanted.parameters().equals(parameters(descriptor)));
    }

    /** The method as a target would name it. */
    public static MethodRef reference(Classes.Method method) {
        return new MethodRef(binary(method.owner().name), method.node().name, parameters(method.node().desc));
    }

    public static boolean is(FieldRef wanted, Sym value) {
        return value instanceof Sym.FieldOf field && field.is(internal(wanted.owner()), wanted.name());
    }

    /** Whether that is the field meant: by that name, and declared by that class. */
    public static boolean is(FieldRef wanted, Classes.Field field) {
        return field.node().name.equals(wanted.name()) && field.owner().name.equals(internal(wanted.owner()));
    }

    /** What a person reads for a value: {@code arg0.loop.lock}. */
    public static String of(Sym value) {
        if (value instanceof Sym.Argument argument) {
            return argument.index() < 0 ? "this" : "arg" + argument.index();
        }
        if (value instanceof Sym.FieldOf field) {
            return (field.owner() == null ? binary(field.holder()) : of(field.owner())) + "." + field.name();
        }
        if (value instanceof Sym.Constant constant) {
            return String.valueOf(constant.value());
        }
        if (value instanceof Sym.Made made) {
            return "a new " + binary(made.type());
        }
        return value instanceof Sym.Opaque ? "one of several values" : "a computed value";
    }

    private static List<String> parameters(String descriptor) {
        List<String> parameters = new ArrayList<>();
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            parameters.add(parameter.getClassName());
        }
        return parameters;
    }
}
