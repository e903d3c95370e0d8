package io.usr1.build;

import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Strings put together with a {@link StringBuilder}, as before class files knew another way. */
final class Concatenation {

    /** In a recipe: here comes an argument, here a constant. */
    private static final char ARGUMENT = '\1';
    private static final char CONSTANT = '\2';

    private static final Type BUILDER = Type.getType(StringBuilder.class);

    private final GeneratorAdapter code;

    private Concatenation(GeneratorAdapter code) {
        this.code = code;
    }

    /** Adds the code to the class, and returns the call of it. */
    static MethodInsnNode add(ClassNode type, InvokeDynamicInsnNode site) {
        Method method = new Method("usr1$text" + type.methods.size(), site.desc);
        int access = ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC;
        MethodNode node = new MethodNode(Opcodes.ASM9, access, method.getName(), method.getDescriptor(), null, null);
        GeneratorAdapter code = new GeneratorAdapter(access, method, node);
        code.newInstance(BUILDER);
        code.dup();
        code.invokeConstructor(BUILDER, Method.getMethod("void <init> ()"));
        new Concatenation(code).follow(site);
        code.invokeVirtual(BUILDER, Method.getMethod("String toString ()"));
        code.returnValue();
        code.endMethod();
        type.methods.add(node);
        return new MethodInsnNode(INVOKESTATIC, type.name, method.getName(), method.getDescriptor(), (type.access & Opcodes.ACC_INTERFACE) != 0);
    }

    private void follow(InvokeDynamicInsnNode site) {
        Type[] arguments = Type.getArgumentTypes(site.desc);
        StringBuilder text = new StringBuilder();
        int argument = 0;
        int constant = 1;
        for (char part : ((String) site.bsmArgs[0]).toCharArray()) {
            if (part == CONSTANT) {
                text.append(site.bsmArgs[constant++]);
            } else if (part != ARGUMENT) {
                text.append(part);
            } else {
                append(text);
                code.loadArg(argument);
                append(arguments[argument++]);
            }
        }
        append(text);
    }

    private void append(StringBuilder text) {
        if (text.length() > 0) {
            code.push(text.toString());
            append(Type.getType(String.class));
            text.setLength(0);
        }
    }

    private void append(Type type) {
        boolean text = type.getDescriptor().equals("Ljava/lang/String;");
        boolean narrow = type.getSort() == Type.BYTE || type.getSort() == Type.SHORT;
        Type taken = text ? type : type.getSort() >= Type.ARRAY ? Type.getType(Object.class) : narrow ? Type.INT_TYPE : type;
        code.invokeVirtual(BUILDER, new Method("append", BUILDER, new Type[] {taken}));
    }
}
