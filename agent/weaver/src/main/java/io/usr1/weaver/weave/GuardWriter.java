package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.ALOAD;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Has a class shut its gate where the proof ends to hold: where a collection gets out of view, or a method is overridden. */
final class GuardWriter {

    private GuardWriter() {
    }

    static void weave(ClassNode host, ClassWeave.Guard guard) {
        if (guard.override()) {
            host.methods.stream().filter(method -> method.name.equals("<init>")).forEach(method -> made(host, method, guard.host()));
            return;
        }
        // Before the method does anything, so nobody has the collection while the gate is open.
        host.methods.stream().filter(method -> method.name.equals(guard.host().name()) && method.desc.equals(guard.host().descriptor()))
                .forEach(method -> method.instructions.insert(new Snippet().gate(host.name).text(name(host, guard.host()))
                        .runtime("Guards", "handsOut", "(" + Snippet.GATE + "Ljava/lang/String;)V").list()));
    }

    /** Right after the superclass's constructor: nobody knows the object yet. */
    private static void made(ClassNode host, MethodNode constructor, ClassWeave.Host kept) {
        MethodInsnNode call = CarrierWriter.superCall(host, constructor);
        if (call != null) {
            constructor.instructions.insert(call, new Snippet().gate(host.name).var(ALOAD, 0).classObject(host.name).text(kept.name())
                    .runtime("Guards", "overrides", "(" + Snippet.GATE + "Ljava/lang/Object;Ljava/lang/Class;Ljava/lang/String;)V").list());
        }
    }

    private static String name(ClassNode host, ClassWeave.Host method) {
        return host.name.replace('/', '.') + "#" + method.name();
    }
}
