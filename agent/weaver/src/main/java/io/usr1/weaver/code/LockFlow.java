package io.usr1.weaver.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Where in a method one lock is held, and by which acquisition: a forward dataflow over normal and exception edges.
 *
 * <p>The states before an instruction are a set, because several ways lead to it: not held, held by acquisition k, or
 * attempted by k with the answer not yet looked at. A method without {@link #faults} pairs each acquisition with its
 * releases on every way out. Releasing a lock that is held is taken not to throw.
 */
public final class LockFlow {

    /** What does not pair. */
    public record Fault(AbstractInsnNode at, String found) {
    }

    private static final int FREE = 0;

    private final MethodCode code;
    private final List<LockOp> acquires = new ArrayList<>();
    private final Map<AbstractInsnNode, LockOp> ops = new IdentityHashMap<>();
    private final BitSet[] states;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Deque<int[]> work = new ArrayDeque<>();

    public LockFlow(MethodCode code, List<LockOp> lockOps) {
        this.code = code;
        for (LockOp op : lockOps) {
            ops.put(op.at(), op);
            if (op.kind() == LockOp.Kind.ACQUIRE || op.kind() == LockOp.Kind.ATTEMPT) {
                acquires.add(op);
            }
        }
        this.states = new BitSet[code.size()];
        reach(0, FREE);
        while (!work.isEmpty()) {
            int[] at = work.pop();
            step(at[0], at[1]);
        }
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Acquisitions in the order of the code. */
    public List<LockOp> acquires() {
        return acquires;
    }

    /** True if the lock is held before the instruction, on every way to it, by that acquisition. */
    public boolean heldBy(int index, LockOp acquire) {
        return states[index] != null && states[index].cardinality() == 1 && states[index].get(heldState(acquires.indexOf(acquire)));
    }

    /** True if the lock is held before the instruction, on every way to it, by whichever acquisition. */
    public boolean held(int index) {
        return states[index] != null && states[index].stream().allMatch(LockFlow::isHeld);
    }

    /** True if some way to the instruction holds the lock by that acquisition. */
    public boolean maybeHeldBy(int index, LockOp acquire) {
        return states[index] != null && states[index].get(heldState(acquires.indexOf(acquire)));
    }

    /** The releases that give back what that acquisition took, in the order of the code. */
    public List<LockOp> releases(LockOp acquire) {
        List<LockOp> found = new ArrayList<>();
        for (int i = 0; i < states.length; i++) {
            LockOp op = ops.get(code.at(i));
            if (op != null && op.kind() == LockOp.Kind.RELEASE && maybeHeldBy(i, acquire)) {
                found.add(op);
            }
        }
        return found;
    }

    private void step(int index, int state) {
        LockOp op = ops.get(code.at(index));
        int after = op == null ? state : apply(op, index, state);
        boolean releasing = op != null && op.kind() == LockOp.Kind.RELEASE;
        if (!releasing && code.mayThrow(index, value -> isHeld(state) && Sym.onTheWayTo(acquires.get(acquire(state)).lock(), value))) {
            throwing(index, state);
        }
        int opcode = code.at(index).getOpcode();
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && state != FREE) {
            fault(index, "a return while the lock is still held");
        }
        for (int next : code.next(index)) {
            reach(next, isAttempt(after) ? answered(index, next, after) : after);
        }
    }

    private int apply(LockOp op, int index, int state) {
        switch (op.kind()) {
            case ACQUIRE, ATTEMPT -> {
                if (state != FREE) {
                    fault(index, "the lock taken while it is already held");
                }
                int number = acquires.indexOf(op);
                return op.kind() == LockOp.Kind.ACQUIRE ? heldState(number) : heldState(number) + 1;
            }
            case RELEASE -> {
                if (!isHeld(state)) {
                    fault(index, "a release that can be reached without holding the lock");
                } else if (!Sym.same(acquires.get(acquire(state)).lock(), op.lock())) {
                    fault(index, "a release of " + Names.of(op.lock()) + ", which may be another object than the "
                            + Names.of(acquires.get(acquire(state)).lock()) + " that was taken");
                }
                return FREE;
            }
            default -> {
                return state;
            }
        }
    }

    private void throwing(int index, int state) {
        boolean caught = false;
        for (TryCatchBlockNode handler : code.handlers(index)) {
            reach(code.index(handler.handler), state);
            if (MethodCode.catchesAll(handler)) {
                caught = true;
                break;
            }
        }
        if (!caught && state != FREE) {
            fault(index, "an exception that may leave the method while the lock is held");
        }
    }

    /** After an attempt: the edge of a jump on its answer tells whether the lock is held. */
    private int answered(int index, int next, int state) {
        AbstractInsnNode insn = code.at(index);
        int opcode = insn.getOpcode();
        if ((opcode != Opcodes.IFEQ && opcode != Opcodes.IFNE)
                || !(code.stack(index, 0) instanceof Sym.Result answer) || answer.at() != acquires.get(acquire(state)).at()) {
            return state;
        }
        boolean jumped = next == code.index(((JumpInsnNode) insn).label);
        return jumped == (opcode == Opcodes.IFNE) ? heldState(acquire(state)) : FREE;
    }

    private void reach(int index, int state) {
        if (states[index] == null) {
            states[index] = new BitSet();
        }
        if (!states[index].get(state)) {
            states[index].set(state);
            work.push(new int[] {index, state});
        }
    }

    private void fault(int index, String found) {
        faults.add(new Fault(code.at(index), found));
    }

    private static int heldState(int acquire) {
        return 1 + 2 * acquire;
    }

    private static boolean isHeld(int state) {
        return state % 2 == 1;
    }

    private static boolean isAttempt(int state) {
        return state != FREE && !isHeld(state);
    }

    private static int acquire(int state) {
        return (state - 1) / 2;
    }
}
