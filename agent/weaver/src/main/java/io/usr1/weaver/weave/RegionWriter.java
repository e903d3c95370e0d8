package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Turns a method into a dispatcher that looks at the flag once, and two bodies. Two bodies and never a branch around a
 * monitor: the JIT compilers refuse methods with unbalanced monitors and interpret them for ever.
 */
final class RegionWriter {

    /** What is appended to a method's name for its body without the lock, and for the one that takes it. */
    static final String BYPASS = "$usr1bypass";
    static final String LOCKED = "$usr1locked";

    private final Classes classes;
    private final ClassNode host;
    private final ClassWeave.Region region;

    RegionWriter(Classes classes, ClassNode host, ClassWeave.Region region) {
        this.classes = classes;
        this.host = host;
        this.region = region;
    }

    void weave(MethodNode method) throws AnalyzerException {
        MethodNode locked = locked(ReducedBody.copy(method));
        MethodNode bypass = bypass(method);
        PathWriter.write(host, region.path());
        dispatch(method, locked, bypass);
        host.methods.add(locked);
        host.methods.add(bypass);
    }

    private MethodNode locked(MethodNode body) {
        Map<Integer, AbstractInsnNode> numbered = TimedBody.number(body);
        AbstractInsnNode acquire = numbered.get(region.cut().acquire());
        // Taken before the timing goes in between: audit looks behind it, where a monitor's handler already protects.
        AbstractInsnNode entered = acquire == null ? null : acquire.getNext();
        TimedBody.weave(host.name, body, numbered, region.timings());
        int carrier = Frames.reserve(body, 2);
        int root = carrier + 1;
        region.audits().forEach(read -> body.instructions.insert(numbered.get(read.at()), AuditedRead.of(host.name, region.site(), read, carrier).list()));
        InsnList look = CheckWriter.woken(host, region, carrier, root);
        if (entered == null) {
            body.instructions.insert(look);
        } else {
            body.instructions.insertBefore(entered, look);
        }
        body.instructions.insert(new Snippet().carrier(host.name, region.path()).var(ASTORE, carrier)
                .var(ALOAD, region.path().slot()).var(ASTORE, root).list());
        return isSynchronized(body) ? SynchronizedBody.timed(host, hidden(body, LOCKED), region.site()) : hidden(body, LOCKED);
    }

    private MethodNode bypass(MethodNode original) throws AnalyzerException {
        ReducedBody body = ReducedBody.of(classes, host, original, region.cut());
        TimedBody.weave(host.name, body.method(), body.numbered(), body.standing(region.kept()));
        MethodNode bypass = hidden(body.method(), BYPASS);
        bypass.access &= ~ACC_SYNCHRONIZED;
        return bypass;
    }

    /** Annotations, generic signature and parameter names stay on the dispatcher, which is the method that others see. */
    static MethodNode hidden(MethodNode body, String suffix) {
        body.name += suffix;
        body.access = ACC_PRIVATE | ACC_SYNTHETIC | body.access & (ACC_STATIC | ACC_VARARGS | ACC_STRICT | ACC_SYNCHRONIZED);
        body.signature = null;
        body.parameters = null;
        body.visibleAnnotations = null;
        body.invisibleAnnotations = null;
        body.visibleTypeAnnotations = null;
        body.invisibleTypeAnnotations = null;
        body.visibleParameterAnnotations = null;
        body.invisibleParameterAnnotations = null;
        return body;
    }

    private void dispatch(MethodNode method, MethodNode locked, MethodNode bypass) {
        LabelNode lock = new LabelNode();
        int carrier = Type.getArgumentsAndReturnSizes(method.desc) >> 2;
        carrier -= isStatic(method) ? 1 : 0;
        Snippet body = new Snippet();
        int line = MethodCode.firstLine(method);
        if (line > 0) {
            LabelNode start = new LabelNode();
            body.label(start);
            body.list().add(new LineNumberNode(line, start));
        }
        body.carrier(host.name, region.path()).var(ASTORE, carrier);
        body.gate(host.name).var(ALOAD, carrier).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "passes", "(Ljava/lang/Object;)Z").jump(IFEQ, lock);
        if (region.trust().owner() != null) {
            // Flag, THEN owner. A wake of an old owner that reads CLEAR reads what the new owner wrote after it had
            // written the owner field; both are volatile accesses of the flag, so it sees that owner, or a later one.
            AskWriter.write(host, region.trust().owner());
            body.var(ALOAD, region.trust().owner().slot());
            AskWriter.call(body, host.name, region.trust().owner());
            body.jump(IFLE, lock);
        }
        body.site(host.name, region.site()).var(ALOAD, carrier).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Site", "bypassed", "(Ljava/lang/Object;)V");
        call(body, host, bypass).op(returning(method));
        body.label(lock);
        if (Frames.used(host)) {
            List<Object> locals = new ArrayList<>(Frames.ofArguments(host, method));
            locals.add("java/lang/Object");
            body.frame(locals.toArray());
        }
        fold(body, carrier);
        if (isSynchronized(method)) {
            SynchronizedBody.call(body, host, method, locked, region.site());
            become(method, body);
        } else if (region.trust().exclusive()) {
            become(method, body);
            alone(method, body, locked, carrier);
            method.instructions.add(body.list());
        } else {
            call(body, host, locked).op(returning(method));
            become(method, body);
        }
    }

    /** What would have been bypassed is what an open gate would have bypassed: that asks for the owner, too. */
    private void fold(Snippet body, int carrier) {
        body.site(host.name, region.site()).var(ALOAD, carrier);
        if (region.trust().owner() == null) {
            body.call(INVOKEVIRTUAL, Snippet.RUNTIME + "Site", "fold", "(Ljava/lang/Object;)V");
        } else {
            body.var(ALOAD, region.trust().owner().slot());
            AskWriter.call(body, host.name, region.trust().owner());
            body.call(INVOKEVIRTUAL, Snippet.RUNTIME + "Site", "fold", "(Ljava/lang/Object;I)V");
        }
    }

    /** The method, from now on a dispatcher: it takes no lock itself. */
    static void become(MethodNode method, Snippet body) {
        method.access &= ~ACC_SYNCHRONIZED;
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        method.instructions.add(body.list());
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
    }

    /** Calls the locked body with audit told of entry and exit, also when it throws. */
    private void alone(MethodNode method, Snippet body, MethodNode locked, int carrier) {
        int token = carrier + 1;
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode handler = new LabelNode();
        body.var(ALOAD, carrier).site(host.name, region.site())
                .runtime("Audit", "enter", "(" + Snippet.OBJECT + Snippet.SITE + ")" + Snippet.OBJECT).var(ASTORE, token);
        body.label(start);
        call(body, host, locked);
        body.label(end).var(ALOAD, token).runtime("Audit", "leave", "(" + Snippet.OBJECT + ")V");
        body.op(returning(method));
        body.label(handler);
        if (Frames.used(host)) {
            List<Object> locals = new ArrayList<>(Frames.ofArguments(host, method));
            locals.add("java/lang/Object");
            locals.add("java/lang/Object");
            body.list().add(new FrameNode(F_NEW, locals.size(), locals.toArray(), 1, new Object[] {"java/lang/Throwable"}));
        }
        body.var(ALOAD, token).runtime("Audit", "leave", "(" + Snippet.OBJECT + ")V").op(ATHROW);
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
    }

    /** A call with the caller's own arguments. */
    static Snippet call(Snippet body, ClassNode host, MethodNode target) {
        pushArguments(body, target);
        return body.call(isStatic(target) ? INVOKESTATIC : INVOKESPECIAL, host.name, target.name, target.desc);
    }

    static void pushArguments(Snippet body, MethodNode target) {
        int slot = 0;
        if (!isStatic(target)) {
            body.var(ALOAD, slot++);
        }
        for (Type argument : Type.getArgumentTypes(target.desc)) {
            body.load(argument, slot);
            slot += argument.getSize();
        }
    }

    static int returning(MethodNode method) {
        return Type.getReturnType(method.desc).getOpcode(IRETURN);
    }

    private static boolean isSynchronized(MethodNode method) {
        return (method.access & ACC_SYNCHRONIZED) != 0;
    }

    static boolean isStatic(MethodNode method) {
        return (method.access & ACC_STATIC) != 0;
    }
}
