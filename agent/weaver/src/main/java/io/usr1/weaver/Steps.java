package io.usr1.weaver;

import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Which of a few steps were done on each way to each instruction of a method: a forward dataflow over sets of bit masks.
 *
 * <p>An instruction that throws has done nothing. Exceptions that only a fault of the code itself raises, a null pointer
 * or a failed assertion, are not followed: a pool that has them is broken whatever is woven into it. What a call throws
 * and what is thrown by name is.
 */
final class Steps {

    /** What an instruction does. */
    interface Effect {
        /** The masks to be added, one for each way the instruction may go; empty if it does none of the steps. */
        BitSet of(int index);

        /** What is known to be done once the instruction has gone on to that one: a mask, 0 for nothing. */
        default int along(int from, int to) {
            return 0;
        }

        /** Whether a call may throw what is not merely a fault. */
        boolean mayThrow(MethodInsnNode call);
    }

    private final MethodCode code;
    private final Effect effect;
    private final BitSet[] before;
    private final BitSet thrown = new BitSet();
    private final Deque<Integer> work = new ArrayDeque<>();

    private Steps(MethodCode code, Effect effect) {
        this.code = code;
        this.effect = effect;
        this.before = new BitSet[code.size()];
    }

    static Steps of(MethodCode code, Effect effect) {
        Steps steps = new Steps(code, effect);
        BitSet nothing = new BitSet();
        nothing.set(0);
        steps.reach(0, nothing);
        while (!steps.work.isEmpty()) {
            steps.step(steps.work.pop());
        }
        return steps;
    }

    /** The masks with which the instruction is reached; none if it is not. */
    BitSet before(int index) {
        return before[index] == null ? new BitSet() : before[index];
    }

    /** With which the method returns. */
    BitSet returning() {
        BitSet masks = new BitSet();
        for (int i = 0; i < code.size(); i++) {
            int opcode = code.at(i).getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                masks.or(before(i));
            }
        }
        return masks;
    }

    /** With which an exception leaves it. */
    BitSet thrown() {
        return thrown;
    }

    private void step(int index) {
        BitSet masks = before[index];
        boolean throwing = code.at(index).getOpcode() == Opcodes.ATHROW && !isAssertion(code.stack(index, 0))
                || code.at(index) instanceof MethodInsnNode call && effect.mayThrow(call);
        if (throwing) {
            leave(index, masks);
        }
        BitSet after = added(masks, effect.of(index));
        for (int next : code.next(index)) {
            BitSet known = new BitSet();
            known.set(effect.along(index, next));
            reach(next, added(after, known));
        }
    }

    private void leave(int index, BitSet masks) {
        for (TryCatchBlockNode handler : code.handlers(index)) {
            reach(code.index(handler.handler), masks);
            if (MethodCode.catchesAll(handler)) {
                return;
            }
        }
        thrown.or(masks);
    }

    private void reach(int index, BitSet masks) {
        BitSet known = before[index] == null ? new BitSet() : before[index];
        BitSet joined = (BitSet) known.clone();
        joined.or(masks);
        if (before[index] == null || !joined.equals(known)) {
            before[index] = joined;
            work.push(index);
        }
    }

    private static BitSet added(BitSet masks, BitSet ways) {
        if (ways.isEmpty()) {
            return masks;
        }
        BitSet after = new BitSet();
        masks.stream().forEach(mask -> ways.stream().forEach(way -> after.set(mask | way)));
        return after;
    }

    private static boolean isAssertion(Sym thrown) {
        return thrown instanceof Sym.Made made && made.type().equals("java/lang/AssertionError");
    }
}
