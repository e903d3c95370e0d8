package io.usr1.weaver.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What the code of a class names: all of it is looked through once, and who asks for a field or method is told in which
 * classes it is worth looking. What is not named here is not in the code in any way, constants and their arguments included.
 */
public final class Mentions {

    private final Map<String, List<Place>> methods = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> made = new HashSet<>();

    /** An instruction that calls a method or has a handle of it. */
    public record Place(MethodNode method, AbstractInsnNode at) {

        public boolean isHandle() {
            return !(at instanceof MethodInsnNode);
        }
    }

    Mentions(ClassNode type) {
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode insn = method.instructions.getFirst(); insn != null; insn = insn.getNext()) {
                look(method, insn);
            }
        }
    }

    /** In the order of the code; whichever class the instruction says that it is a method of. */
    public List<Place> of(String method, String descriptor) {
        return methods.getOrDefault(method + descriptor, List.of());
    }

    /** Whether a field or method of that name is used, or the text is a constant, so that one could be found by it. */
    public boolean names(String name) {
        return names.contains(name);
    }

    /** Whether an object of that class is made here, or can be by a handle of its constructor. */
    public boolean makes(String internalName) {
        return made.contains(internalName);
    }

    private void look(MethodNode method, AbstractInsnNode insn) {
        if (insn instanceof FieldInsnNode field) {
            names.add(field.name);
        } else if (insn instanceof MethodInsnNode call) {
            names.add(call.name);
            add(call.name + call.desc, method, insn);
        } else if (insn instanceof TypeInsnNode type) {
            made.add(type.desc);
        } else if (insn instanceof LdcInsnNode load) {
            constant(load.cst);
        } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                constant(argument);
            }
        }
        for (Handle handle : Handles.of(insn)) {
            names.add(handle.getName());
            made.add(handle.getOwner());
            add(handle.getName() + handle.getDesc(), method, insn);
        }
    }

    private void constant(Object constant) {
        if (constant instanceof String text) {
            names.add(text);
        } else if (constant instanceof ConstantDynamic dynamic) {
            names.add(dynamic.getName());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constant(dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private void add(String key, MethodNode method, AbstractInsnNode insn) {
        methods.computeIfAbsent(key, first -> new ArrayList<>()).add(new Place(method, insn));
    }
}
