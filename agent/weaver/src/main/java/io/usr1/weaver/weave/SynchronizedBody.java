package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.Arrays;
import java.util.List;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LocalVariableAnnotationNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Times a synchronized method. The JVM enters its monitor before its first instruction, so the body moves to a hidden
 * method, which stays synchronized, and what is left under the old name looks at the clock and hands the time over.
 *
 * <p>The event of a wait is written at once, holding the monitor: behind the method's end there is nothing to weave into.
 */
final class SynchronizedBody {

    private final MethodNode body;
    private final int slot;

    private SynchronizedBody(MethodNode body) {
        this.body = body;
        this.slot = (Type.getArgumentsAndReturnSizes(body.desc) >> 2) - (RegionWriter.isStatic(body) ? 1 : 0);
    }

    /** Splits a method whose acquisition is only observed. After everything else was woven into it. */
    static void split(ClassNode host, MethodNode method, int site) {
        MethodNode locked = timed(host, RegionWriter.hidden(ReducedBody.copy(method), RegionWriter.LOCKED), site);
        Snippet dispatcher = new Snippet();
        call(dispatcher, host, method, locked, site);
        RegionWriter.become(method, dispatcher);
        host.methods.add(locked);
    }

    /** Makes a hidden synchronized method take the time at which its caller began to wait, as an argument behind its own. */
    static MethodNode timed(ClassNode host, MethodNode body, int site) {
        SynchronizedBody timed = new SynchronizedBody(body);
        timed.shift();
        body.desc = Type.getMethodDescriptor(Type.getReturnType(body.desc), with(Type.getArgumentTypes(body.desc), Type.LONG_TYPE));
        Snippet start = new Snippet();
        if (RegionWriter.isStatic(body)) {
            start.classObject(host.name);
        } else {
            start.var(ALOAD, 0);
        }
        body.instructions.insert(start.var(LLOAD, timed.slot).site(host.name, site)
                .runtime("Locks", "entered", "(" + Snippet.OBJECT + "J" + Snippet.SITE + ")" + Snippet.OBJECT)
                .runtime("Locks", "keepsHolding", "(" + Snippet.OBJECT + ")V").list());
        body.maxLocals += 2;
        return body;
    }

    /** The dispatcher's call of such a method, to its end. */
    static void call(Snippet code, ClassNode host, MethodNode dispatcher, MethodNode locked, int site) {
        RegionWriter.pushArguments(code, dispatcher);
        code.site(host.name, site).runtime("Locks", "before", "(" + Snippet.SITE + ")J");
        code.call(RegionWriter.isStatic(locked) ? INVOKESTATIC : INVOKESPECIAL, host.name, locked.name, locked.desc).op(RegionWriter.returning(dispatcher));
    }

    /** Moves the locals behind the arguments by two. */
    private void shift() {
        for (AbstractInsnNode insn : body.instructions) {
            if (insn instanceof VarInsnNode variable) {
                variable.var = moved(variable.var);
            } else if (insn instanceof IincInsnNode variable) {
                variable.var = moved(variable.var);
            } else if (insn instanceof FrameNode frame) {
                Frames.insertLong(frame, slot);
            }
        }
        if (body.localVariables != null) {
            for (LocalVariableNode variable : body.localVariables) {
                variable.index = moved(variable.index);
            }
        }
        moveAll(body.visibleLocalVariableAnnotations);
        moveAll(body.invisibleLocalVariableAnnotations);
    }

    private void moveAll(List<LocalVariableAnnotationNode> annotations) {
        if (annotations != null) {
            annotations.forEach(annotation -> annotation.index.replaceAll(this::moved));
        }
    }

    private int moved(int variable) {
        return variable < slot ? variable : variable + 2;
    }

    private static Type[] with(Type[] types, Type last) {
        Type[] all = Arrays.copyOf(types, types.length + 1);
        all[types.length] = last;
        return all;
    }
}
