package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Writes the synthetic methods that ask one question: 1 for yes, 0 for no, -1 if an object on the way is null or of
 * another class. They read fields and call what the proof has found to do no more, so nothing is thrown.
 */
final class AskWriter {

    private static final String DESCRIPTOR = "(" + Snippet.OBJECT + ")I";

    private AskWriter() {
    }

    /** The call; the root, or any object or null, stands on the stack before it and the answer after it. */
    static void call(Snippet code, String host, ClassWeave.Ask ask) {
        code.call(INVOKESTATIC, host, name(ask), DESCRIPTOR);
    }

    /** Adds the method unless it is there already. */
    static void write(ClassNode host, ClassWeave.Ask ask) {
        if (host.methods.stream().anyMatch(method -> method.name.equals(name(ask)))) {
            return;
        }
        LabelNode unseen = new LabelNode();
        LabelNode other = new LabelNode();
        Snippet body = new Snippet();
        String type = ask.root();
        body.var(ALOAD, 0).var(ASTORE, 1);
        as(body, type, unseen);
        for (ClassWeave.Step step : ask.steps()) {
            if (step.isCast()) {
                type = step.owner();
                as(body.op(POP), type, unseen);
                continue;
            }
            body.field(GETFIELD, step.owner(), step.name(), step.descriptor()).var(ASTORE, 1);
            type = step.type();
            as(body, type, unseen);
        }
        if (!type.equals(ask.read().owner())) {
            body.op(POP);
            as(body, ask.read().owner(), unseen);
        }
        read(body, ask, other);
        body.op(ICONST_1).op(IRETURN).label(other);
        frame(host, body).op(ICONST_0).op(IRETURN).label(unseen);
        frame(host, body).op(ICONST_M1).op(IRETURN);
        MethodNode method = new MethodNode(ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, name(ask), DESCRIPTOR, null, null);
        method.instructions.add(body.list());
        host.methods.add(method);
    }

    /** Leaves what is in local 1 on the stack, as that type; jumps if it is not of it. */
    private static void as(Snippet body, String type, LabelNode unseen) {
        body.var(ALOAD, 1);
        body.list().add(new TypeInsnNode(INSTANCEOF, type));
        body.jump(IFEQ, unseen).var(ALOAD, 1);
        body.list().add(new TypeInsnNode(CHECKCAST, type));
    }

    private static void read(Snippet body, ClassWeave.Ask ask, LabelNode other) {
        ClassWeave.Step read = ask.read();
        boolean call = read.descriptor().startsWith("(");
        if (call) {
            body.call(INVOKEVIRTUAL, read.owner(), read.name(), read.descriptor());
        } else {
            body.field(GETFIELD, read.owner(), read.name(), read.descriptor());
        }
        if (ask.expects() == ClassWeave.Expects.CURRENT_THREAD) {
            body.call(INVOKESTATIC, "java/lang/Thread", "currentThread", "()Ljava/lang/Thread;").jump(IF_ACMPNE, other);
            return;
        }
        boolean reference = read.descriptor().endsWith(";");
        boolean zero = ask.expects() == ClassWeave.Expects.ZERO;
        body.list().add(new JumpInsnNode(reference ? zero ? IFNONNULL : IFNULL : zero ? IFNE : IFEQ, other));
    }

    private static Snippet frame(ClassNode host, Snippet body) {
        return Frames.used(host) ? body.frame("java/lang/Object", "java/lang/Object") : body;
    }

    private static String name(ClassWeave.Ask ask) {
        return "usr1$asks" + ask.number();
    }
}
