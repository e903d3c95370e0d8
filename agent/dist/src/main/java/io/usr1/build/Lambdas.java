package io.usr1.build;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The lambdas and method references of one nest: for each a class beside it, which may call its private members. */
final class Lambdas {

    private static final String MADE = "made";

    private final ClassNode host;
    private final Map<String, ClassNode> classes = new LinkedHashMap<>();

    Lambdas(ClassNode host) {
        this.host = host;
    }

    ClassNode host() {
        return host;
    }

    List<ClassNode> classes() {
        return List.copyOf(classes.values());
    }

    /** A class for that place, and the call that makes an object of it. */
    MethodInsnNode add(InvokeDynamicInsnNode site) {
        Type self = Type.getObjectType(host.name + "$$" + (classes.size() + 1));
        ClassNode type = new ClassNode();
        Type made = Type.getReturnType(site.desc);
        type.visit(host.version, ACC_FINAL | ACC_SYNTHETIC, self.getInternalName(), null, "java/lang/Object", new String[] {made.getInternalName()});
        type.nestHostClass = host.name;
        Type[] captured = Type.getArgumentTypes(site.desc);
        for (int i = 0; i < captured.length; i++) {
            type.visitField(ACC_PRIVATE | ACC_FINAL, name(i), captured[i].getDescriptor(), null, null);
        }
        Method constructor = new Method("<init>", Type.VOID_TYPE, captured);
        constructor(type, self, constructor, captured);
        maker(type, self, constructor, site.desc);
        body(type, self, captured, site);
        classes.put(self.getInternalName(), type);
        return new MethodInsnNode(INVOKESTATIC, self.getInternalName(), MADE, site.desc, false);
    }

    private static void constructor(ClassNode type, Type self, Method constructor, Type[] captured) {
        GeneratorAdapter code = adapter(type, ACC_PRIVATE, constructor);
        code.loadThis();
        code.invokeConstructor(Type.getType(Object.class), Method.getMethod("void <init> ()"));
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.loadArg(i);
            code.putField(self, name(i), captured[i]);
        }
        code.returnValue();
        code.endMethod();
    }

    private static void maker(ClassNode type, Type self, Method constructor, String descriptor) {
        GeneratorAdapter code = adapter(type, ACC_STATIC, new Method(MADE, descriptor));
        code.newInstance(self);
        code.dup();
        code.loadArgs();
        code.invokeConstructor(self, constructor);
        code.returnValue();
        code.endMethod();
    }

    private static void body(ClassNode type, Type self, Type[] captured, InvokeDynamicInsnNode site) {
        Method erased = new Method(site.name, ((Type) site.bsmArgs[0]).getDescriptor());
        Handle target = (Handle) site.bsmArgs[1];
        Type instantiated = (Type) site.bsmArgs[2];
        GeneratorAdapter code = adapter(type, ACC_PUBLIC, erased);
        boolean creates = target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        if (creates) {
            code.newInstance(Type.getObjectType(target.getOwner()));
            code.dup();
        }
        List<Type> wanted = new ArrayList<>();
        if (!creates && target.getTag() != Opcodes.H_INVOKESTATIC) {
            wanted.add(Type.getObjectType(target.getOwner()));
        }
        wanted.addAll(List.of(Type.getArgumentTypes(target.getDesc())));
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.getField(self, name(i), captured[i]);
            convert(code, captured[i], wanted.get(i));
        }
        Type[] given = erased.getArgumentTypes();
        for (int i = 0; i < given.length; i++) {
            code.loadArg(i);
            Type known = instantiated.getArgumentTypes()[i];
            convert(code, given[i], known);
            convert(code, known, wanted.get(captured.length + i));
        }
        Method method = new Method(target.getName(), target.getDesc());
        code.visitMethodInsn(opcode(target), target.getOwner(), method.getName(), method.getDescriptor(), target.isInterface());
        Type yields = creates ? Type.getObjectType(target.getOwner()) : method.getReturnType();
        Type expected = erased.getReturnType();
        if (expected == Type.VOID_TYPE && yields != Type.VOID_TYPE) {
            if (yields.getSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        } else if (expected != Type.VOID_TYPE) {
            convert(code, yields, instantiated.getReturnType());
            convert(code, instantiated.getReturnType(), expected);
        }
        code.returnValue();
        code.endMethod();
    }

    private static int opcode(Handle target) {
        return switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            // Private bodies too: among nest mates they are called like any other.
            case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKESPECIAL -> target.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
            default -> throw new IllegalArgumentException("a lambda that is " + target);
        };
    }

    /** As {@code LambdaMetafactory} adapts: cast, box, unbox, widen. */
    private static void convert(GeneratorAdapter code, Type from, Type to) {
        boolean fromReference = from.getSort() >= Type.ARRAY;
        boolean toReference = to.getSort() >= Type.ARRAY;
        if (fromReference && toReference) {
            if (!from.equals(to)) {
                code.checkCast(to); // None for Object.
            }
        } else if (fromReference) {
            Type boxed = primitive(from);
            code.unbox(boxed == null ? to : boxed);
            if (boxed != null) {
                code.cast(boxed, to);
            }
        } else if (toReference) {
            code.valueOf(from);
        } else if (!from.equals(to)) {
            code.cast(from, to);
        }
    }

    /** What a box holds; null for another class. */
    private static Type primitive(Type box) {
        for (String name : List.of("Integer I", "Long J", "Boolean Z", "Double D", "Float F", "Byte B", "Short S", "Character C")) {
            if (box.getInternalName().equals("java/lang/" + name.substring(0, name.length() - 2))) {
                return Type.getType(name.substring(name.length() - 1));
            }
        }
        return null;
    }

    private static GeneratorAdapter adapter(ClassNode type, int access, Method method) {
        MethodNode node = new MethodNode(Opcodes.ASM9, access, method.getName(), method.getDescriptor(), null, null);
        type.methods.add(node);
        return new GeneratorAdapter(access, method, node);
    }

    private static String name(int captured) {
        return "c" + captured;
    }
}
