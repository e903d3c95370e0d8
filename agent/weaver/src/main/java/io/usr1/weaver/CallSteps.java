package io.usr1.weaver;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import java.util.BitSet;
import org.objectweb.asm.tree.MethodInsnNode;

/** Where in a method another one has certainly been called: mask 1 after each call of it. */
record CallSteps(Proof proof, MethodCode code, Classes.Method called) implements Steps.Effect {

    @Override public BitSet of(int index) {
        BitSet ways = new BitSet();
        ways.set(1, code.at(index) instanceof MethodInsnNode call && proof.calls().runs(call, called));
        return ways;
    }

    @Override public boolean mayThrow(MethodInsnNode call) {
        return true;
    }
}
