package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.function.Consumer;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes the places where a flag is only looked at: by audit where a lock was taken and where an insert ends, by the
 * breaker where a connection is about to leave the list. Each is one call of a synthetic method, which needs no frame in
 * its host and in which the connection is read only while audit wants it.
 */
final class CheckWriter {

    private static final String SEEN = "(" + Snippet.OBJECT + Snippet.OBJECT + ")V";

    private CheckWriter() {
    }

    static void weave(ClassNode host, MethodNode method, ClassWeave.Check check) {
        PathWriter.write(host, check.path());
        if (!check.unlink()) {
            look(host, "usr1$inserted" + check.site(), check.site(), "looks", code -> {
                listed(code, host, check.listed());
                code.push(check.stays() ? 1 : 0).site(host.name, check.site())
                        .runtime("Audit", "inserted", "(" + Snippet.OBJECT + "IZ" + Snippet.SITE + ")V");
            });
        }
        if (!check.exit()) {
            method.instructions.insert(code(host, check));
            return;
        }
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() >= IRETURN && insn.getOpcode() <= RETURN) {
                method.instructions.insertBefore(insn, code(host, check));
            }
        }
    }

    /** The look of a region's locked body; carrier and root are handed over. */
    static InsnList woken(ClassNode host, ClassWeave.Region region, int carrier, int root) {
        ClassWeave.Trust trust = region.trust();
        String name = "usr1$woken" + region.site();
        look(host, name, region.site(), "looksAtWake", code -> {
            listed(code, host, trust.listed());
            listed(code, host, trust.stolen());
            if (trust.owner() == null) {
                code.push(trust.exclusive() ? 0 : 1);
            } else {
                // Yes is 1, no is 0; "cannot be seen" (-1) must not count as yes.
                code.var(ALOAD, 1);
                AskWriter.call(code, host.name, trust.owner());
                code.push(1).op(IADD).push(1).op(ISHR);
            }
            code.site(host.name, region.site()).runtime("Audit", "woken", "(" + Snippet.OBJECT + "IIZ" + Snippet.SITE + ")V");
        });
        return new Snippet().var(ALOAD, carrier).var(ALOAD, root).call(INVOKESTATIC, host.name, name, SEEN).list();
    }

    /** The look before a call that is made after all; carrier and root are handed over. */
    static InsnList skipped(ClassNode host, ClassWeave.Skip skip, int carrier, int root) {
        String name = "usr1$made" + skip.site();
        look(host, name, skip.site(), "looks", code -> {
            listed(code, host, skip.listed());
            code.site(host.name, skip.site()).runtime("Audit", "made", "(" + Snippet.OBJECT + "I" + Snippet.SITE + ")V");
        });
        return new Snippet().var(ALOAD, carrier).var(ALOAD, root).call(INVOKESTATIC, host.name, name, SEEN).list();
    }

    private static InsnList code(ClassNode host, ClassWeave.Check check) {
        Snippet code = new Snippet().carrier(host.name, check.path());
        return check.unlink()
                ? code.site(host.name, check.site()).runtime("Breaker", "unlinking", "(" + Snippet.OBJECT + Snippet.SITE + ")V").list()
                : code.var(ALOAD, check.path().slot()).call(INVOKESTATIC, host.name, "usr1$inserted" + check.site(), SEEN).list();
    }

    /** A synthetic method {@code (carrier, root)} that does {@code then} if audit says that it {@code looks}; the carrier is on the stack first. */
    private static void look(ClassNode host, String name, int site, String looks, Consumer<Snippet> then) {
        LabelNode end = new LabelNode();
        Snippet body = new Snippet().var(ALOAD, 0).site(host.name, site)
                .runtime("Audit", looks, "(" + Snippet.OBJECT + Snippet.SITE + ")Z").jump(IFEQ, end).var(ALOAD, 0);
        then.accept(body);
        body.label(end);
        if (Frames.used(host)) {
            body.frame("java/lang/Object", "java/lang/Object");
        }
        MethodNode method = new MethodNode(ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, name, SEEN, null, null);
        method.instructions.add(body.op(RETURN).list());
        host.methods.add(method);
    }

    private static void listed(Snippet code, ClassNode host, ClassWeave.Ask ask) {
        if (ask == null) {
            code.push(-1);
            return;
        }
        AskWriter.write(host, ask);
        code.var(ALOAD, 1);
        AskWriter.call(code, host.name, ask);
    }
}
