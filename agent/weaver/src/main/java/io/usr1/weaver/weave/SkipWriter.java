package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Replaces a call by one of a synthetic method that looks at the flag and makes the call or does not. The branch is in
 * there, so whatever lies on the host's stack below the call's arguments stays where it is and needs no frame.
 */
final class SkipWriter {

    private final ClassNode host;
    private final ClassWeave.Skip skip;
    private final List<Type> parameters = new ArrayList<>();

    private SkipWriter(ClassNode host, ClassWeave.Skip skip) {
        this.host = host;
        this.skip = skip;
    }

    static void weave(ClassNode host, MethodNode method, Map<Integer, AbstractInsnNode> numbered, ClassWeave.Skip skip) {
        new SkipWriter(host, skip).weave(method, (MethodInsnNode) numbered.get(skip.call()));
    }

    private void weave(MethodNode method, MethodInsnNode call) {
        PathWriter.write(host, skip.path());
        if (call.getOpcode() != INVOKESTATIC) {
            // A call of super or of a private method is one on this object, and must stay so for the verifier.
            parameters.add(Type.getObjectType(call.getOpcode() == INVOKESPECIAL ? host.name : call.owner));
        }
        parameters.addAll(List.of(Type.getArgumentTypes(call.desc)));
        int operands = parameters.size();
        Snippet more = new Snippet();
        if (skip.path().from() == ClassWeave.From.LOCAL) {
            parameters.add(Type.getObjectType(skip.path().root()));
            more.var(ALOAD, skip.path().slot());
        }
        if (skip.when() != null) {
            parameters.add(Type.getType(skip.when().descriptor()));
            more.load(Type.getType(skip.when().descriptor()), skip.when().slot());
        }
        String descriptor = "(" + parameters.stream().map(Type::getDescriptor).collect(Collectors.joining()) + ")" + Type.getReturnType(call.desc);
        PathWriter.add(host, name(), descriptor, body(call, operands));
        more.call(INVOKESTATIC, host.name, name(), descriptor);
        method.instructions.insertBefore(call, more.list());
        method.instructions.remove(call);
    }

    private Snippet body(MethodInsnNode call, int operands) {
        int first = call.getOpcode() == INVOKESTATIC ? 0 : 1;
        int returns = Type.getReturnType(call.desc).getOpcode(IRETURN);
        int root = skip.path().from() == ClassWeave.From.LOCAL ? operands : first + skip.path().slot();
        int carrier = slot(parameters.size());
        LabelNode look = new LabelNode();
        LabelNode make = new LabelNode();
        List<Object> locals = parameters.stream().map(Frames::of).toList();
        Snippet body = new Snippet();
        if (skip.when() != null) {
            body.load(parameters.get(parameters.size() - 1), slot(parameters.size() - 1)).jump(skip.when().jump(), make);
        }
        body.var(ALOAD, slot(root)).walk(host.name, skip.path()).var(ASTORE, carrier);
        body.gate(host.name).var(ALOAD, carrier).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "passes", "(Ljava/lang/Object;)Z").jump(IFEQ, look);
        AnswerWriter.bypassed(body, host.name, skip.site()).value(skip.value(), Type.getArgumentTypes(call.desc), slot(first)).op(returns);
        AnswerWriter.looked(host, body.label(look), skip.site(), carrier, locals);
        if (skip.listed() != null) {
            body.list().add(CheckWriter.skipped(host, skip, carrier, slot(root)));
        }
        if (skip.when() != null) {
            PathWriter.end(host, body.label(make), locals.toArray());
        }
        for (int i = 0; i < operands; i++) {
            body.load(parameters.get(i), slot(i));
        }
        body.list().add(new MethodInsnNode(call.getOpcode(), call.owner, call.name, call.desc, call.itf));
        return body.op(returns);
    }

    private int slot(int parameter) {
        return parameters.subList(0, parameter).stream().mapToInt(Type::getSize).sum();
    }

    private String name() {
        return "usr1$skip" + skip.site();
    }
}
