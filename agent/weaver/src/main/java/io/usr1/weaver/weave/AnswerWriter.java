package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

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
        LabelNode lock = new LabelNode();
        Snippet body = new Snippet();
        int line = MethodCode.firstLine(method);
        if (line > 0) {
            LabelNode start = new LabelNode();
            body.label(start).list().add(new LineNumberNode(line, start));
        }
        body.gate(host.name).carrier(host.name, answer.path()).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "passes", "(Ljava/lang/Object;)Z").jump(IFEQ, lock);
        if (answer.when() != null) {
            body.load(Type.getType(answer.when().descriptor()), answer.when().slot()).jump(answer.when().jump(), lock);
        }
        bypassed(body, host.name, answer.site()).value(answer.value(), Type.getArgumentTypes(method.desc), RegionWriter.isStatic(method) ? 0 : 1).op(returns);
        body.label(lock);
        if (Frames.used(host)) {
            body.frame(Frames.ofArguments(host, method).toArray());
        }
        RegionWriter.call(body, host, locked).op(returns);
        RegionWriter.become(method, body);
        host.methods.add(locked);
    }

    /** Counts at once: any thread may ask, so the counter that only the carrier's owner writes will not do. */
    static Snippet bypassed(Snippet body, String host, int site) {
        return body.site(host, site).op(ACONST_NULL).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Site", "bypassed", "(Ljava/lang/Object;)V");
    }
}
