package io.usr1.cli.show;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The members that a woven class has more than its original, as Java declares them. */
final class Added {

    private Added() {
    }

    static List<String> to(ClassNode original, ClassNode woven) {
        List<String> added = new ArrayList<>();
        woven.interfaces.stream().filter(name -> !original.interfaces.contains(name))
                .forEach(name -> added.add("implements " + name.replace('/', '.')));
        woven.fields.stream().filter(field -> original.fields.stream().noneMatch(old -> old.name.equals(field.name)))
                .forEach(field -> added.add(modifiers(field.access & Modifier.fieldModifiers()) + simple(Type.getType(field.desc)) + " " + field.name));
        woven.methods.stream().filter(method -> original.methods.stream().noneMatch(old -> old.name.equals(method.name) && old.desc.equals(method.desc)))
                .forEach(method -> added.add(modifiers(method.access & Modifier.methodModifiers())
                        + (method.name.equals("<clinit>") ? "initialiser" : simple(Type.getReturnType(method.desc)) + " " + signature(woven, method))));
        return added;
    }

    /** {@code wake(Tasklet)}; a constructor by its class. */
    static String signature(ClassNode owner, MethodNode method) {
        String name = method.name.equals("<init>") ? Expressions.simple(owner.name) : method.name;
        return name + Arrays.stream(Type.getArgumentTypes(method.desc)).map(Added::simple).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String simple(Type type) {
        return type.getClassName().substring(type.getClassName().lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String modifiers(int access) {
        String words = Modifier.toString(access);
        return words.isEmpty() ? "" : words + " ";
    }
}
