package io.usr1.build;

import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** What one lambda does when it is called: hands on what it captured and what it is given, to the method that it stands for. */
final class LambdaBody {

    private LambdaBody() {
    }

    /** @param fields in which the object {@code self} has what was captured, in its order */
    static void write(GeneratorAdapter code, Type self, List<String> fields, InvokeDynamicInsnNode site) {
        Method erased = new Method(site.name, ((Type) site.bsmArgs[0]).getDescriptor());
        Handle target = (Handle) site.bsmArgs[1];
        Type instantiated = (Type) site.bsmArgs[2];
        Type[] captured = Type.getArgumentTypes(site.desc);
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
            code.getField(self, fields.get(i), captured[i]);
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
}
