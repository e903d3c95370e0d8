package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.usr1.weaver.code.MethodCode;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Replaces a call by one of a synthetic method that takes the monitor of what the call is made on, makes the SET and then the
 * call. It gives the monitor back on both ways out, in the form in which javac writes a synchronized block: what the compilers
 * of HotSpot take for structured. In a method of its own whatever lies on the host's stack stays there.
 */
final class TakingWriter {

    private final ClassNode host;
    private final ClassWeave.Mark mark;

    TakingWriter(ClassNode host, ClassWeave.Mark mark) {
        this.host = host;
        this.mark = mark;
    }

    void weave(MethodNode method, MethodInsnNode call) {
        List<Type> parameters = new ArrayList<>(List.of(Type.getObjectType(call.owner)));
        parameters.addAll(List.of(Type.getArgumentTypes(call.desc)));
        String name = "usr1$taking" + mark.path().number();
        String descriptor = "(" + parameters.stream().map(Type::getDescriptor).collect(Collectors.joining()) + ")" + Type.getReturnType(call.desc);
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode handler = new LabelNode();
        LabelNode left = new LabelNode();
        Snippet body = new Snippet();
        int line = MethodCode.line(call);
        if (line > 0) {
            LabelNode first = new LabelNode();
            body.label(first).list().add(new LineNumberNode(line, first));
        }
        // On null this throws what the call would have thrown.
        body.var(ALOAD, 0).op(MONITORENTER).label(start);
        PathWriter.mark(host, body.var(ALOAD, slot(parameters, 1 + mark.path().slot())).walk(host.name, mark.path()), true);
        for (int i = 0; i < parameters.size(); i++) {
            body.load(parameters.get(i), slot(parameters, i));
        }
        body.list().add(new MethodInsnNode(call.getOpcode(), call.owner, call.name, call.desc, call.itf));
        body.var(ALOAD, 0).op(MONITOREXIT).label(end).op(Type.getReturnType(call.desc).getOpcode(IRETURN)).label(handler);
        if (Frames.used(host)) {
            body.caught(parameters.stream().map(Frames::of).toArray(), "java/lang/Throwable");
        }
        int thrown = slot(parameters, parameters.size());
        body.var(ASTORE, thrown).var(ALOAD, 0).op(MONITOREXIT).label(left).var(ALOAD, thrown).op(ATHROW);
        MethodNode taking = PathWriter.add(host, name, descriptor, body);
        taking.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
        taking.tryCatchBlocks.add(new TryCatchBlockNode(handler, left, handler, null));
        method.instructions.set(call, new MethodInsnNode(INVOKESTATIC, host.name, name, descriptor, false));
    }

    private static int slot(List<Type> parameters, int number) {
        return parameters.subList(0, number).stream().mapToInt(Type::getSize).sum();
    }
}
