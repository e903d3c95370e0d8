package io.usr1.weaver.code;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/**
 * What is known of a value at one place of a method: where it came from.
 *
 * <p>Two equal values are the same object at run time. That holds for values made by an instruction in a loop too: on
 * the first way to that instruction no variable can hold its result, so one that still holds the result of an earlier
 * round has been merged to {@link Opaque} before the instruction runs again.
 */
public sealed interface Sym extends Value {

    /** The receiver of an instance method. */
    Sym THIS = new Argument(-1, 1);

    /** Anything. Never the same as another value, not even as another opaque one; see {@link #same}. */
    record Opaque(int size) implements Sym {
        @Override public int getSize() {
            return size;
        }
    }

    /** @param index -1 for {@code this}, else the argument's number */
    record Argument(int index, int size) implements Sym {
        @Override public int getSize() {
            return size;
        }
    }

    /** An int (also boolean, byte, short, char) or null. */
    record Constant(Integer value) implements Sym {
        @Override public int getSize() {
            return 1;
        }
    }

    /** A new object. */
    record Made(AbstractInsnNode at, String type) implements Sym {
        @Override public int getSize() {
            return 1;
        }
    }

    /** What one instruction yields: a call, arithmetic, an array element. */
    record Result(AbstractInsnNode at, int size) implements Sym {
        @Override public int getSize() {
            return size;
        }
    }

    /** The exception that a handler was entered with. */
    record Caught(AbstractInsnNode handler) implements Sym {
        @Override public int getSize() {
            return 1;
        }
    }

    /**
     * A field's value.
     *
     * @param owner  the object; null for a static field
     * @param holder internal name of the class that declares it
     * @param at     the instruction that read it; null for a final field, which is the same value each time it is read
     */
    record FieldOf(Sym owner, String holder, String name, AbstractInsnNode at, int size) implements Sym {
        @Override public int getSize() {
            return size;
        }

        public boolean is(String declaring, String field) {
            return holder.equals(declaring) && name.equals(field);
        }
    }

    /** What the instruction pushes, if that is a constant; else null. */
    static Constant constant(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return new Constant(opcode - Opcodes.ICONST_0);
        }
        if (opcode == Opcodes.BIPUSH || opcode == Opcodes.SIPUSH) {
            return new Constant(((IntInsnNode) insn).operand);
        }
        return opcode == Opcodes.ACONST_NULL ? new Constant(null)
                : insn instanceof LdcInsnNode load && load.cst instanceof Integer value ? new Constant(value) : null;
    }

    /** True if both are certainly the same value. */
    static boolean same(Sym a, Sym b) {
        return a.equals(b) && !mentionsOpaque(a);
    }

    private static boolean mentionsOpaque(Sym value) {
        return value instanceof Opaque || value instanceof FieldOf field && field.owner != null && mentionsOpaque(field.owner);
    }

    /** True if {@code value} is {@code object} or was needed to reach it: whoever reached the object has seen it not null. */
    static boolean onTheWayTo(Sym object, Sym value) {
        return same(object, value) || object instanceof FieldOf field && field.owner != null && onTheWayTo(field.owner, value);
    }
}
