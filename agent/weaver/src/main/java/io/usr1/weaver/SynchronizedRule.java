package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.ACC_STATIC;

import io.usr1.weaver.code.Classes;

import org.objectweb.asm.Opcodes;

/**
 * A synchronized method can be split: what is left under its name is no longer synchronized, and nobody depends on that.
 *
 * <p>The modifier is part of what the JVM computes a class's serialVersionUID from.
 */
final class SynchronizedRule {

    private final Proof proof;
    private final Classes.Method method;

    SynchronizedRule(Proof proof, Classes.Method method) {
        this.proof = proof;
        this.method = method;
    }

    boolean check() {
        boolean serial = SerialForm.isComputed(proof.classes(), method.owner());
        if (serial) {
            proof.refuse(method, 0, "a synchronized method of a Serializable class without a serialVersionUID",
                    "an explicit one, which the missing modifier cannot change", "leave this method alone");
        }
        boolean nameless = method.is(ACC_STATIC) && (method.owner().version & 0xFFFF) < Opcodes.V1_5;
        if (nameless) {
            proof.refuse(method, 0, "a static synchronized method in a class file older than Java 5", "one that can name its class object", "leave this method alone");
        }
        return !serial && !nameless;
    }
}
