package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Has a woven class report to its gate, first thing in its static initialiser: that runs before any instance exists and
 * before any method does, so a gate that has heard of the class knows that it runs woven.
 */
final class InitializerWriter {

    private static final int CONSTANT = ACC_PRIVATE | ACC_STATIC | ACC_FINAL | ACC_SYNTHETIC;

    private InitializerWriter() {
    }

    static void weave(ClassNode host, ClassWeave weave, int gateNumber) {
        Snippet start = new Snippet().push(gateNumber).runtime("Gates", "of", "(I)" + Snippet.GATE).field(PUTSTATIC, host.name, Snippet.GATE_FIELD, Snippet.GATE);
        host.fields.add(new FieldNode(CONSTANT, Snippet.GATE_FIELD, Snippet.GATE, null, null));
        weave.sites().stream().sorted().forEach(site -> {
            host.fields.add(new FieldNode(CONSTANT, Snippet.siteField(site), Snippet.SITE, null, null));
            start.gate(host.name).push(site).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "site", "(I)" + Snippet.SITE)
                    .field(PUTSTATIC, host.name, Snippet.siteField(site), Snippet.SITE);
        });
        if (weave.carrier() != null) {
            start.gate(host.name).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "carrierWoven", "()V");
        }
        if (weave.bypasses()) {
            start.gate(host.name).call(INVOKEVIRTUAL, Snippet.RUNTIME + "Gate", "bypassWoven", "()V");
        }
        initializer(host).instructions.insert(start.list());
    }

    private static MethodNode initializer(ClassNode host) {
        for (MethodNode method : host.methods) {
            if (method.name.equals("<clinit>")) {
                return method;
            }
        }
        MethodNode made = new MethodNode(ACC_STATIC, "<clinit>", "()V", null, null);
        made.instructions.add(new Snippet().op(RETURN).list());
        host.methods.add(made);
        return made;
    }
}
