package io.usr1.build;

import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.Objects;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** {@code equals}, {@code hashCode} and {@code toString} of records, as code instead of chains of method handles. */
final class RecordMethods {

    private static final Type OBJECTS = Type.getType(Objects.class);
    private static final Type BUILDER = Type.getType(StringBuilder.class);
    private static final Type STRING = Type.getType(String.class);

    private RecordMethods() {
    }

    /** Adds the code to the record, and returns the call of it. */
    static MethodInsnNode add(ClassNode type, InvokeDynamicInsnNode site) {
        Method method = new Method("usr1$" + site.name, site.desc);
        int access = ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC;
        MethodNode node = new MethodNode(Opcodes.ASM9, access, method.getName(), method.getDescriptor(), null, null);
        GeneratorAdapter code = new GeneratorAdapter(access, method, node);
        Type self = Type.getObjectType(type.name);
        String[] names = ((String) site.bsmArgs[1]).isEmpty() ? new String[0] : ((String) site.bsmArgs[1]).split(";");
        switch (site.name) {
            case "equals" -> equality(code, self, site);
            case "hashCode" -> hash(code, self, site);
            default -> text(code, self, site, names);
        }
        code.returnValue();
        code.endMethod();
        type.methods.add(node);
        return new MethodInsnNode(INVOKESTATIC, type.name, method.getName(), method.getDescriptor(), false);
    }

    private static void equality(GeneratorAdapter code, Type self, InvokeDynamicInsnNode site) {
        Label differs = code.newLabel();
        code.loadArg(1);
        code.instanceOf(self);
        code.ifZCmp(GeneratorAdapter.EQ, differs);
        for (int i = 2; i < site.bsmArgs.length; i++) {
            component(code, self, site, i, 0);
            code.loadArg(1);
            code.checkCast(self);
            Type compared = read(code, self, (Handle) site.bsmArgs[i]);
            if (compared.getSort() >= Type.ARRAY) {
                code.invokeStatic(OBJECTS, Method.getMethod("boolean equals (Object, Object)"));
                code.ifZCmp(GeneratorAdapter.EQ, differs);
            } else if (compared.getSort() == Type.FLOAT || compared.getSort() == Type.DOUBLE) {
                code.invokeStatic(box(compared), new Method("compare", Type.INT_TYPE, new Type[] {compared, compared}));
                code.ifZCmp(GeneratorAdapter.NE, differs);
            } else {
                code.ifCmp(compared, GeneratorAdapter.NE, differs);
            }
        }
        code.push(true);
        code.returnValue();
        code.mark(differs);
        code.visitFrame(F_NEW, 2, new Object[] {self.getInternalName(), "java/lang/Object"}, 0, new Object[0]);
        code.push(false);
    }

    private static void hash(GeneratorAdapter code, Type self, InvokeDynamicInsnNode site) {
        code.push(0);
        for (int i = 2; i < site.bsmArgs.length; i++) {
            code.push(31);
            code.math(GeneratorAdapter.MUL, Type.INT_TYPE);
            Type hashed = component(code, self, site, i, 0);
            boolean reference = hashed.getSort() >= Type.ARRAY;
            code.invokeStatic(reference ? OBJECTS : box(hashed), reference ? Method.getMethod("int hashCode (Object)")
                    : new Method("hashCode", Type.INT_TYPE, new Type[] {hashed}));
            code.math(GeneratorAdapter.ADD, Type.INT_TYPE);
        }
    }

    private static void text(GeneratorAdapter code, Type self, InvokeDynamicInsnNode site, String[] names) {
        String simple = self.getInternalName().substring(self.getInternalName().lastIndexOf('/') + 1);
        code.newInstance(BUILDER);
        code.dup();
        code.invokeConstructor(BUILDER, Method.getMethod("void <init> ()"));
        append(code, simple.substring(simple.lastIndexOf('$') + 1) + "[");
        for (int i = 0; i < names.length; i++) {
            append(code, (i == 0 ? "" : ", ") + names[i] + "=");
            Type shown = component(code, self, site, i + 2, 0);
            code.invokeStatic(STRING, new Method("valueOf", STRING, new Type[] {shown.getSort() >= Type.ARRAY ? Type.getType(Object.class)
                    : shown.getSort() == Type.BYTE || shown.getSort() == Type.SHORT ? Type.INT_TYPE : shown}));
            code.invokeVirtual(BUILDER, Method.getMethod("StringBuilder append (String)"));
        }
        append(code, "]");
        code.invokeVirtual(BUILDER, Method.getMethod("String toString ()"));
    }

    private static void append(GeneratorAdapter code, String text) {
        code.push(text);
        code.invokeVirtual(BUILDER, Method.getMethod("StringBuilder append (String)"));
    }

    private static Type component(GeneratorAdapter code, Type self, InvokeDynamicInsnNode site, int index, int argument) {
        code.loadArg(argument);
        return read(code, self, (Handle) site.bsmArgs[index]);
    }

    private static Type read(GeneratorAdapter code, Type self, Handle field) {
        Type type = Type.getType(field.getDesc());
        code.getField(self, field.getName(), type);
        return type;
    }

    private static Type box(Type primitive) {
        return switch (primitive.getSort()) {
            case Type.BOOLEAN -> Type.getType(Boolean.class);
            case Type.BYTE -> Type.getType(Byte.class);
            case Type.CHAR -> Type.getType(Character.class);
            case Type.SHORT -> Type.getType(Short.class);
            case Type.LONG -> Type.getType(Long.class);
            case Type.FLOAT -> Type.getType(Float.class);
            case Type.DOUBLE -> Type.getType(Double.class);
            default -> Type.getType(Integer.class);
        };
    }
}
