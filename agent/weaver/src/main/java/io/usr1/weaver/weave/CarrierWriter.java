package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Gives the carrier class its flag. The fields are private, so the class's default serial version does not change. */
final class CarrierWriter {

    private static final String FLAG = "usr1$flag";
    private static final String UNFOLDED = "usr1$unfolded";
    private static final String TRAIL = "usr1$trail";

    private CarrierWriter() {
    }

    static void weave(ClassNode host, ClassWeave.CarrierWeave carrier) {
        host.interfaces.add(Snippet.RUNTIME + "Carrier");
        host.fields.add(new FieldNode(ACC_PRIVATE | ACC_VOLATILE | ACC_TRANSIENT | ACC_SYNTHETIC, FLAG, "I", null, null));
        host.fields.add(new FieldNode(ACC_PRIVATE | ACC_TRANSIENT | ACC_SYNTHETIC, UNFOLDED, "I", null, null));
        host.fields.add(new FieldNode(ACC_PRIVATE | ACC_TRANSIENT | ACC_SYNTHETIC, TRAIL, Snippet.OBJECT, null, null));
        if (carrier.bornClear()) {
            host.methods.stream().filter(method -> method.name.equals("<init>")).forEach(method -> born(host, method));
        }
        if (carrier.cloned()) {
            host.methods.add(cloned(host));
        }
        host.methods.add(method(TRAIL, "()" + Snippet.OBJECT, new Snippet().var(ALOAD, 0).field(GETFIELD, host.name, TRAIL, Snippet.OBJECT).op(ARETURN)));
        host.methods.add(method(TRAIL, "(" + Snippet.OBJECT + ")V",
                new Snippet().var(ALOAD, 0).var(ALOAD, 1).field(PUTFIELD, host.name, TRAIL, Snippet.OBJECT).op(RETURN)));
        for (String field : new String[] {FLAG, UNFOLDED}) {
            host.methods.add(method(field, "()I", new Snippet().var(ALOAD, 0).field(GETFIELD, host.name, field, "I").op(IRETURN)));
            host.methods.add(method(field, "(I)V", new Snippet().var(ALOAD, 0).var(ILOAD, 1).field(PUTFIELD, host.name, field, "I").op(RETURN)));
        }
    }

    /** A {@code clone()} for subclasses that are Cloneable: the copy knows nothing of the original's flag. */
    private static MethodNode cloned(ClassNode host) {
        MethodNode method = new MethodNode(ACC_PROTECTED | ACC_SYNTHETIC, "clone", "()" + Snippet.OBJECT, null,
                new String[] {"java/lang/CloneNotSupportedException"});
        method.instructions.add(new Snippet().var(ALOAD, 0).call(INVOKESPECIAL, host.superName, "clone", "()" + Snippet.OBJECT)
                .runtime("Marks", "copied", "(" + Snippet.OBJECT + ")" + Snippet.OBJECT).op(ARETURN).list());
        return method;
    }

    /** The call of the superclass's constructor, or null where another constructor of the class is called first. */
    static MethodInsnNode superCall(ClassNode host, MethodNode constructor) {
        int open = 0;
        for (AbstractInsnNode insn : constructor.instructions) {
            if (insn instanceof TypeInsnNode made && made.getOpcode() == NEW) {
                open++;
            } else if (insn instanceof MethodInsnNode call && call.getOpcode() == INVOKESPECIAL && call.name.equals("<init>") && open-- == 0) {
                return call.owner.equals(host.superName) ? call : null;
            }
        }
        return null;
    }

    private static void born(ClassNode host, MethodNode constructor) {
        MethodInsnNode call = superCall(host, constructor);
        if (call != null) {
            constructor.instructions.insert(call, new Snippet().var(ALOAD, 0).runtime("Marks", "born", "(Ljava/lang/Object;)V").list());
        }
    }

    private static MethodNode method(String name, String descriptor, Snippet body) {
        MethodNode method = new MethodNode(ACC_PUBLIC | ACC_FINAL | ACC_SYNTHETIC, name, descriptor, null, null);
        method.instructions.add(body.list());
        return method;
    }
}
