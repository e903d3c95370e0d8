package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.usr1.weaver.code.MethodCode;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns a method into a dispatcher that looks at the flag once and answers, and the old body. A synchronized method is
 * synchronized in the old body only: the dispatcher must not take the lock that it is to go without.
 */
final class AnswerWriter {

    private final ClassNode host;
    private final ClassWeave.Answer answer;

    AnswerWriter(ClassNode host, ClassWeave.Answer answer) {
        this.host = host;
        this.answer = answer;
    }

    /** Has audit look at the reads of the body. Before anything else is done to the method's name or access. */
    void audit(MethodNode method, Map<Integer, AbstractInsnNode> numbered) {
        PathWriter.write(host, answer.path());
        if (!answer.audits().isEmpty()) {
            int carrier = Frames.reserve(method, 1);
            answer.audits().forEach(read -> method.instructions.insert(numbered.get(read.at()),
                    AuditedRead.of(host.name, answer.site(), read, carrier).list()));
            method.instructions.insert(new Snippet().carrier(host.name, answer.path()).var(ASTORE, carrier).list());
        }
    }

    /** Puts the dispatcher before what the method is by now. */
    void weave(MethodNode method) {
        MethodNode locked = RegionWriter.hidden(ReducedBody.copy(method), "$usr1asked");
        int returns = RegionWriter.returning(method);
        int carrier = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - (RegionWriter.isStatic(method) ? 1 : 0);
        LabelNode look = new LabelNode();
        LabelNode lock = new LabelNode();
        Snippet body = new Snippet();
        int line = MethodCode.firstLine(method);
        if (line > 0) {
            LabelNode start = new LabelNode();
            body.label(start).list().add(new LineNumberNode(line, start));
        }
        List<Object> locals = Frames.ofArguments(host, method);
        // The condition first: where it does not hold nothing could be bypassed, whatever the flag says.
        if (answer.when() != null) {
            body.load(Type.getType(answer.when().descriptor()), answer.when().slot()).jump(answer.when().jump(), lock);
        }
        body.carrier(host.name, answer.path()).var(ASTORE, carrier);
        body.gate(host.name).var(ALOAD, carrier).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "passes", "(Ljava/lang/Object;)Z").jump(IFEQ, look);
        bypassed(body, host.name, answer.site()).value(answer.value(), Type.getArgumentTypes(method.desc), RegionWriter.isStatic(method) ? 0 : 1).op(returns);
        looked(host, body.label(look), answer.site(), carrier, locals);
        if (answer.when() != null) {
            PathWriter.end(host, body.label(lock), locals.toArray());
        }
        RegionWriter.call(body, host, locked).op(returns);
        RegionWriter.become(method, body);
        host.methods.add(locked);
    }

    /** Counts at once: any thread may ask, so the counter that only the carrier's owner writes will not do. */
    static Snippet bypassed(Snippet body, String host, int site) {
        return body.site(host, site).op(ACONST_NULL).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Site", "bypassed", "(Ljava/lang/Object;)V");
    }

    /** Where the lock is taken: whether it is needed. Behind a label; {@code locals} are those before the carrier. */
    static void looked(ClassNode host, Snippet body, int site, int carrier, List<Object> locals) {
        List<Object> more = new ArrayList<>(locals);
        more.add("java/lang/Object");
        PathWriter.end(host, body, more.toArray());
        body.site(host.name, site).var(ALOAD, carrier).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Site", "looked", "(Ljava/lang/Object;)V");
    }
}
