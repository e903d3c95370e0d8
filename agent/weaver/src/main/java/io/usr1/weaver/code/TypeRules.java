package io.usr1.weaver.code;

import java.util.List;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/** What each instruction wants on the stack, by the class files of one loader: no class is loaded to find that out. */
final class TypeRules extends SimpleVerifier {

    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final Classes classes;
    private final boolean unfinished;

    /** @param unfinished whether an object is told apart from one whose constructor has not run */
    TypeRules(Classes classes, ClassNode host, boolean unfinished) {
        super(Opcodes.ASM9, Type.getObjectType(host.name), Type.getObjectType(host.superName), List.of(), (host.access & Opcodes.ACC_INTERFACE) != 0);
        this.classes = classes;
        this.unfinished = unfinished;
    }

    /** An object whose constructor has not run: of no use but for that. */
    static final class Unfinished extends BasicValue {
        private final Object made;

        /** @param made the instruction that made it, or any one object for the {@code this} of a constructor */
        Unfinished(Type type, Object made) {
            super(type);
            this.made = made;
        }

        boolean is(Object other) {
            return made == other;
        }

        @Override public boolean equals(Object other) {
            return other instanceof Unfinished unfinished && unfinished.is(made);
        }

        @Override public int hashCode() {
            return System.identityHashCode(made);
        }
    }

    @Override public BasicValue newOperation(AbstractInsnNode insn) throws AnalyzerException {
        return unfinished && insn.getOpcode() == Opcodes.NEW ? new Unfinished(Type.getObjectType(((TypeInsnNode) insn).desc), insn) : super.newOperation(insn);
    }

    /** Whether a value may stand where the other is expected. */
    boolean fits(BasicValue value, BasicValue expected) {
        return BasicValue.UNINITIALIZED_VALUE.equals(expected) || value.equals(expected)
                || !BasicValue.UNINITIALIZED_VALUE.equals(value) && isSubTypeOf(value, expected);
    }

    @Override protected boolean isSubTypeOf(BasicValue value, BasicValue expected) {
        Type type = value.getType();
        Type wanted = expected.getType();
        if (value instanceof Unfinished || expected instanceof Unfinished || type == null || wanted == null) {
            return value.equals(expected);
        }
        boolean reference = wanted.getSort() >= Type.ARRAY && type.getSort() >= Type.ARRAY;
        return type.equals(wanted) || reference && (type.equals(NULL_TYPE) || isAssignableFrom(wanted, type));
    }

    /** As the JVM's verifier: any object will do for an interface. A class that is no resource was used like that before. */
    @Override protected boolean isAssignableFrom(Type expected, Type type) {
        if (expected.equals(type) || expected.equals(OBJECT)) {
            return true;
        }
        if (expected.getSort() == Type.ARRAY) {
            return type.getSort() == Type.ARRAY && isAssignableComponent(component(expected), component(type));
        }
        String wanted = expected.getInternalName();
        if (type.getSort() == Type.ARRAY) {
            return wanted.equals("java/lang/Cloneable") || wanted.equals("java/io/Serializable");
        }
        Classes.Head above = classes.head(wanted);
        if (above == null || above.isInterface()) {
            return true;
        }
        for (String name = type.getInternalName(); name != null; ) {
            Classes.Head head = classes.head(name);
            if (name.equals(wanted) || head == null) {
                return true;
            }
            name = head.superName();
        }
        return false;
    }

    private boolean isAssignableComponent(Type expected, Type type) {
        return expected.getSort() >= Type.ARRAY && type.getSort() >= Type.ARRAY ? isAssignableFrom(expected, type) : expected.equals(type);
    }

    private static Type component(Type array) {
        return Type.getType(array.getDescriptor().substring(1));
    }

    @Override protected boolean isInterface(Type type) {
        Classes.Head head = type.getSort() == Type.OBJECT ? classes.head(type.getInternalName()) : null;
        return head != null && head.isInterface();
    }

    @Override protected Type getSuperClass(Type type) {
        Classes.Head head = type.getSort() == Type.OBJECT ? classes.head(type.getInternalName()) : null;
        return head == null || head.isInterface() || head.superName() == null ? OBJECT.equals(type) ? null : OBJECT : Type.getObjectType(head.superName());
    }

    @Override protected Class<?> getClass(Type type) {
        throw new TypeNotPresentException(type.getClassName(), null);
    }
}
