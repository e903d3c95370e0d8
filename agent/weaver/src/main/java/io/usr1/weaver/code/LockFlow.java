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
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Where in a method one lock is held, and by which acquisition: a forward dataflow over normal and exception edges.
 *
 * <p>The states before an instruction are a set, because several ways lead to it: not held, held by acquisition k,
 * attempted by k with the answer not yet looked at, or not held because the attempt k failed. A method without
 * {@link #faults} pairs each acquisition with its releases on every way out. Releasing a lock that is held is taken not to throw.
 */
public final class LockFlow {

    /** What does not pair. */
    public record Fault(AbstractInsnNode at, String found) {
    }

    private static final int FREE = 0;
    private static final int HELD = 1;
    private static final int ATTEMPTED = 2;
    private static final int FAILED = 3;

    private final MethodCode code;
    private final List<LockOp> acquires = new ArrayList<>();
    private final Map<AbstractInsnNode, LockOp> ops = new IdentityHashMap<>();
    private final BitSet[] states;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Deque<int[]> work = new ArrayDeque<>();

    public LockFlow(MethodCode code, List<LockOp> lockOps) {
        this.code = code;
        for (LockOp op : lockOps) {
            if (!op.whole()) {
                ops.put(op.at(), op);
            }
            if (op.takes()) {
                acquires.add(op);
            }
        }
        this.states = new BitSet[code.size()];
        // A synchronized method's own acquisition is the first of all.
        reach(0, !acquires.isEmpty() && acquires.get(0).whole() ? state(HELD, 0) : FREE);
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

    /** True if the lock is held before the instruction, on every way to it, by that acquisition, in whichever mode. */
    public boolean heldBy(int index, LockOp acquire) {
        return states[index] != null && states[index].cardinality() == 1 && states[index].get(state(HELD, acquires.indexOf(acquire)));
    }

    /**
     * True if the lock is held before the instruction, on every way to it, by whichever acquisition, and nobody else can
     * hold it: a read lock does not count, because it orders nothing between two that hold it.
     */
    public boolean held(int index) {
        return states[index] != null && states[index].stream()
                .allMatch(state -> phase(state) == HELD && acquires.get(acquire(state)).mode() == LockOp.Mode.EXCLUSIVE);
    }

    /** True if some way to the instruction holds the lock by that acquisition. */
    public boolean maybeHeldBy(int index, LockOp acquire) {
        return states[index] != null && states[index].get(state(HELD, acquires.indexOf(acquire)));
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
        boolean releasing = op != null && op.kind() == LockOp.Kind.RELEASE || phase(state) == HELD && viewsAgain(index, acquires.get(acquire(state)));
        if (!releasing && code.mayThrow(index, value -> phase(state) == HELD && Sym.onTheWayTo(acquires.get(acquire(state)).lock(), value))) {
            throwing(index, state);
        }
        int opcode = code.at(index).getOpcode();
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && holds(state)) {
            fault(index, "a return while the lock is still held");
        }
        for (int next : code.next(index)) {
            int there = phase(after) == FREE ? after : answered(index, next, after);
            if (there >= 0) {
                reach(next, there);
            }
        }
    }

    /** A call that yields the read or the write form of a lock was already made once, when the lock was taken by it. */
    private boolean viewsAgain(int index, LockOp taken) {
        if (!(code.at(index) instanceof MethodInsnNode call) || !(taken.at() instanceof MethodInsnNode) || !call.desc.startsWith("()L")) {
            return false;
        }
        Sym through = code.stack(code.index(taken.at()), 0);
        return through instanceof Sym.Result result && result.at() instanceof MethodInsnNode view && view.name.equals(call.name) && view.desc.equals(call.desc)
                && LockCalls.yieldsView(view) && Sym.same(code.stack(index, 0), taken.lock());
    }

    private int apply(LockOp op, int index, int state) {
        if (op.takes()) {
            if (phase(state) == HELD || phase(state) == ATTEMPTED) {
                fault(index, "the lock taken while it is already held");
            }
            return state(op.attempts() ? ATTEMPTED : HELD, acquires.indexOf(op));
        }
        if (op.kind() != LockOp.Kind.RELEASE) {
            return state;
        }
        LockOp taken = phase(state) == HELD ? acquires.get(acquire(state)) : null;
        if (taken == null || taken.whole()) {
            fault(index, "a release that can be reached without holding the lock");
        } else if (!Sym.same(taken.lock(), op.lock())) {
            fault(index, "a release of " + Names.of(op.lock()) + ", which may be another object than the " + Names.of(taken.lock()) + " that was taken");
        } else if (op.token() != null && !yields(taken, op.token())) {
            fault(index, "a release with something else than what the acquisition yielded");
        } else if (op.mode() != LockOp.Mode.EITHER && op.mode() != taken.mode()) {
            fault(index, "a release of the " + name(op.mode()) + " lock where the " + name(taken.mode()) + " lock was taken");
        }
        return taken != null && taken.whole() ? state : FREE;
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
        if (!caught && holds(state)) {
            fault(index, "an exception that may leave the method while the lock is held");
        }
    }

    /**
     * The state on the edge of a jump that asks what the acquisition yielded: whether an attempt got the lock, or whether
     * the object that gives it back is null, which it is not.
     *
     * @return -1 if the edge is never taken
     */
    private int answered(int index, int next, int state) {
        AbstractInsnNode insn = code.at(index);
        LockOp taken = acquires.get(acquire(state));
        if (!(insn instanceof JumpInsnNode jump) || jump.getOpcode() == Opcodes.GOTO || !yields(taken, code.stack(index, 0))) {
            return state;
        }
        boolean jumped = next == code.index(jump.label);
        switch (jump.getOpcode()) {
            case Opcodes.IFEQ, Opcodes.IFNE -> {
                boolean got = jumped == (jump.getOpcode() == Opcodes.IFNE);
                boolean open = phase(state) == ATTEMPTED;
                return open || got == (phase(state) == HELD) ? state(got ? HELD : FAILED, acquire(state)) : -1;
            }
            case Opcodes.IFNULL, Opcodes.IFNONNULL -> {
                return jumped == (jump.getOpcode() == Opcodes.IFNONNULL) ? state : -1;
            }
            default -> {
                return state;
            }
        }
    }

    private static boolean yields(LockOp taken, Sym value) {
        return value instanceof Sym.Result result && result.at() == taken.at();
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

    /** True unless the lock is certainly free; the acquisition of a synchronized method ends with it. */
    private boolean holds(int state) {
        return phase(state) == ATTEMPTED || phase(state) == HELD && !acquires.get(acquire(state)).whole();
    }

    private static String name(LockOp.Mode mode) {
        return mode == LockOp.Mode.SHARED ? "read" : "write";
    }

    private static int state(int phase, int acquire) {
        return phase + 3 * acquire;
    }

    private static int phase(int state) {
        return state == FREE ? FREE : (state - 1) % 3 + 1;
    }

    private static int acquire(int state) {
        return (state - 1) / 3;
    }
}
