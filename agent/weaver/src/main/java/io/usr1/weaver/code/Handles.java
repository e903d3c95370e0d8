package io.usr1.weaver.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/**
 * The method handles among the constants of an instruction: method references, lambdas, and what only other compilers
 * than javac write. Each is a use of a field or method without an instruction that names it.
 */
public final class Handles {

    private Handles() {
    }

    /** In whichever depth: a constant may be computed from others. */
    public static List<Handle> of(AbstractInsnNode insn) {
        boolean could = insn instanceof InvokeDynamicInsnNode || insn instanceof LdcInsnNode;
        List<Handle> handles = could ? new ArrayList<>() : List.of();
        if (insn instanceof InvokeDynamicInsnNode dynamic) {
            handles.add(dynamic.bsm);
            for (Object argument : dynamic.bsmArgs) {
                collect(argument, handles);
            }
        } else if (insn instanceof LdcInsnNode constant) {
            collect(constant.cst, handles);
        }
        return handles;
    }

    /** Whether one of them is such; for whoever asks it of every instruction. */
    public static boolean any(AbstractInsnNode insn, Predicate<Handle> such) {
        for (Handle handle : of(insn)) {
            if (such.test(handle)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a constant of the instruction is a {@code VarHandle} of a field of that name, of whichever class. */
    public static boolean varHandle(AbstractInsnNode insn, String field) {
        return insn instanceof LdcInsnNode load && varHandle(load.cst, field)
                || insn instanceof InvokeDynamicInsnNode dynamic && Arrays.stream(dynamic.bsmArgs).anyMatch(argument -> varHandle(argument, field));
    }

    private static boolean varHandle(Object constant, String field) {
        if (!(constant instanceof ConstantDynamic dynamic)) {
            return false;
        }
        boolean here = dynamic.getName().equals(field) && dynamic.getBootstrapMethod().getName().endsWith("ieldVarHandle");
        for (int i = 0; !here && i < dynamic.getBootstrapMethodArgumentCount(); i++) {
            here = varHandle(dynamic.getBootstrapMethodArgument(i), field) || field.equals(dynamic.getBootstrapMethodArgument(i));
        }
        return here;
    }

    private static void collect(Object constant, List<Handle> handles) {
        if (constant instanceof Handle handle) {
            handles.add(handle);
        } else if (constant instanceof ConstantDynamic dynamic) {
            handles.add(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                collect(dynamic.getBootstrapMethodArgument(i), handles);
            }
        }
    }
}
