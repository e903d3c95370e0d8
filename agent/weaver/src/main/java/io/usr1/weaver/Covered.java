package io.usr1.weaver;

import java.util.BitSet;
import java.util.List;

import io.usr1.target.CarrierPath;
import io.usr1.target.MarkSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Whether an object is one whose flag was SET before, in the same critical section: the method sets it at its entry, or
 * right before the very instruction, or all callers of the method, which can be listed, hand it such an object.
 *
 * <p>I1 and I2 (listed implies set), bug A4: an unmarked insert is found because every insert is looked at, not because
 * somebody listed it. A SET under a condition counts as none: an insert may happen where the condition does not hold.
 */
final class Covered {

    /** So many methods may stand between the one that sets the flag and the one that inserts. */
    private static final int HELPERS = 3;

    private final Proof proof;
    private final List<MarkPlace> sets;
    private final List<MarkPlace> clears;
    private final List<Classes.Method> takeovers;
    private final Family family;

    Covered(Proof proof, List<MarkPlace> sets, List<MarkPlace> clears) {
        this.proof = proof;
        this.sets = sets;
        this.clears = clears;
        this.takeovers = proof.replaces().flatMap(replaces -> proof.method(replaces.takeover())).stream().toList();
        this.family = new Family(proof);
    }

    /** Is it the carrier that was marked? */
    boolean carrier(Classes.Method method, int index, Sym object) {
        return covered(method, index, object, false, HELPERS);
    }

    /** Is it the carrier that was marked, or its connection? */
    boolean subject(Classes.Method method, int index, Sym object) {
        return covered(method, index, object, true, HELPERS);
    }

    /** Is every carrier in the collection that the call is made on marked right before it? */
    boolean each(Classes.Method method, int call) {
        return sets.stream().anyMatch(set -> set.method().node() == method.node() && set.call() == call
                && set.spec().carrier().root() == CarrierPath.Root.EACH && set.spec().when() == null);
    }

    private boolean covered(Classes.Method method, int index, Sym object, boolean connection, int depth) {
        for (MarkPlace set : sets) {
            boolean here = set.method().node() == method.node() && set.spec().when() == null
                    && (connection ? set.path().isSubject(object) : set.path().isCarrier(object));
            // The lock given up in between would let others clear the flag again.
            if (here && (set.call() == index || set.spec().at() == MarkSpec.At.ENTRY && !waits(set.code()) && !cleared(set.method(), set.code(), index))) {
                return true;
            }
        }
        if (!connection && family.foreign(method, object)) {
            return true;
        }
        if (depth == 0 || !(object instanceof Sym.Argument argument) || !Callers.closed(proof, method)
                || proof.code(method).filter(code -> !waits(code) && !cleared(method, code, index)).isEmpty()) {
            return false;
        }
        List<Callers.Call> calls = Callers.of(proof, method).orElse(List.of());
        return !calls.isEmpty() && calls.stream()
                .allMatch(call -> covered(call.method(), call.index(), call.argument(argument.index()), connection, depth - 1));
    }

    /**
     * Whether a CLEAR, of which nobody can say that it is of another carrier, may come between the method's start and the
     * instruction, or a takeover, after which the connection has another carrier than the one that was set.
     */
    private boolean cleared(Classes.Method method, MethodCode code, int index) {
        BitSet before = Ways.before(code, index);
        return before.stream().anyMatch(at -> at != index && takeovers.stream().anyMatch(takeover -> runs(code, at, takeover)) || clears.stream().anyMatch(clear -> clear.method().node() == method.node()
                ? clear.spec().at() == MarkSpec.At.ENTRY || clear.call() == at && !(at != index && takesAnother(clear, at))
                : at != index && runs(code, at, clear.method())));
    }

    /** What a collection hands out is not what is to be put into it, unless it was put in before. */
    private static boolean takesAnother(MarkPlace clear, int at) {
        MethodInsnNode call = (MethodInsnNode) clear.code().at(at);
        return CollectionCalls.of(call, true).kind() == CollectionCalls.Kind.TAKES && Ways.before(clear.code(), at).stream().noneMatch(index ->
                clear.code().at(index) instanceof MethodInsnNode other && CollectionCalls.of(other, true).kind() == CollectionCalls.Kind.INSERTS);
    }

    private boolean runs(MethodCode code, int index, Classes.Method clears) {
        boolean named = code.at(index) instanceof MethodInsnNode call && call.name.equals(clears.node().name) && call.desc.equals(clears.node().desc);
        return named || proof.calls().reaches(code, index, clears);
    }

    /** True if the method waits on a lock itself, which gives the lock up meanwhile. */
    static boolean waits(MethodCode code) {
        for (int i = 0; i < code.size(); i++) {
            if (code.at(i) instanceof MethodInsnNode call && code.reachable(i)
                    && (call.owner.equals("java/util/concurrent/locks/Condition") && call.name.startsWith("await")
                            || call.owner.equals("java/lang/Object") && call.name.equals("wait"))) {
                return true;
            }
        }
        return false;
    }
}
