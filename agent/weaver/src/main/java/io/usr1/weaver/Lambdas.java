package io.usr1.weaver;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** Finds the body of a lambda by the call that it is handed to: its own name is the compiler's and changes with the next build. */
final class Lambdas {

    private Lambdas() {
    }

    /** The body, or empty and a refusal. */
    static Optional<Classes.Method> body(Proof proof, Classes.Method outer, MethodRef callee) {
        Set<Handle> bodies = new LinkedHashSet<>();
        try {
            Origins origins = Origins.of(outer.owner(), outer.node());
            for (AbstractInsnNode insn : outer.node().instructions) {
                if (insn instanceof MethodInsnNode call && Names.binary(call.owner).equals(callee.owner()) && Names.matches(callee, call.name, call.desc)) {
                    for (int depth = 0; depth < Type.getArgumentTypes(call.desc).length; depth++) {
                        origins.made(call, depth).stream().filter(InvokeDynamicInsnNode.class::isInstance)
                                .map(made -> implementation((InvokeDynamicInsnNode) made)).flatMap(Optional::stream).forEach(bodies::add);
                    }
                }
            }
        } catch (AnalyzerException unreadable) {
            bodies.clear();
        }
        Optional<Classes.Method> body = bodies.size() != 1 ? Optional.empty() : bodies.stream().findFirst()
                .filter(handle -> handle.getOwner().equals(outer.owner().name))
                .flatMap(handle -> proof.classes().method(handle.getOwner(), handle.getName(), handle.getDesc()))
                .filter(method -> method.is(Opcodes.ACC_PRIVATE));
        if (body.isEmpty()) {
            proof.refuse(outer, 0, bodies.size() + " lambdas that are handed to " + callee, "one, whose body is a private method of the class",
                    "name the call that the lambda is an argument of");
        }
        return body;
    }

    private static Optional<Handle> implementation(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory") && dynamic.bsmArgs.length > 1 && dynamic.bsmArgs[1] instanceof Handle handle
                ? Optional.of(handle) : Optional.empty();
    }
}
