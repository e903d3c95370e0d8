package io.usr1.weaver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.LockSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;

/**
 * Whether one of some locks is held at a place, on every way to it: taken in the method itself, or by every caller of a
 * method whose callers can be listed.
 *
 * <p>Where several locks are asked for, one way may hold the one and another way another.
 */
final class Held {

    private static final int DEPTH = 3;

    private final Proof proof;
    private final List<LockSpec> locks;
    private final Set<Object> asked = new HashSet<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private Held(Proof proof, List<LockSpec> locks) {
        this.proof = proof;
        this.locks = locks;
    }

    /**
     * Where a lock is held.
     *
     * @param index   the instruction: the place that was asked about, or the call that leads to it
     * @param flow    of that lock in the method
     * @param through the methods that are called from there, the one that was asked about last; empty if it is there
     */
    record Place(LockSpec lock, Classes.Method method, MethodCode code, int index, LockFlow flow, List<Classes.Method> through) {

        boolean held(int at) {
            return flow.held(at);
        }
    }

    /**
     * A way on which none is held.
     *
     * @param found what is there, for a refusal
     */
    record Gap(Classes.Method method, int line, String found) {
    }

    /** The answer: held if nothing is open. */
    record Ways(List<Place> places, List<Gap> gaps) {

        boolean held() {
            return gaps.isEmpty();
        }
    }

    /** Held before that instruction? */
    static Ways at(Proof proof, List<LockSpec> locks, Classes.Method method, MethodCode code, int index) {
        Held held = new Held(proof, locks);
        held.look(method, code, index, List.of(), DEPTH);
        return new Ways(held.places, held.gaps);
    }

    /** Held wherever that method is called? What it takes itself does not count. */
    static Ways wherever(Proof proof, List<LockSpec> locks, Classes.Method method) {
        Held held = new Held(proof, locks);
        held.callers(method, List.of(), DEPTH);
        return new Ways(held.places, held.gaps);
    }

    private void look(Classes.Method method, MethodCode code, int index, List<Classes.Method> through, int depth) {
        proof.rely(method.owner());
        for (LockSpec lock : locks) {
            LockFlow flow = new LockFlow(code, LockOps.find(code, lock, proof.classes()).ops());
            if (flow.faults().isEmpty() && !flow.acquires().isEmpty() && flow.held(index)) {
                places.add(new Place(lock, method, code, index, flow, through));
                return;
            }
        }
        boolean closed = Callers.closed(proof, method);
        boolean called = closed && Callers.of(proof, method).filter(List::isEmpty).isEmpty();
        if (depth > 0 && called) {
            callers(method, through, depth - 1);
            return;
        }
        String what = through.isEmpty() ? "code" : "a call of " + Names.method(through.get(0).owner(), through.get(0).node());
        gaps.add(new Gap(method, MethodCode.line(code.at(index)), what + " without " + names()
                + (depth == 0 ? "" : closed ? ", in a method that no class which was read calls" : ", in a method that any class may call")));
    }

    private void callers(Classes.Method callee, List<Classes.Method> through, int depth) {
        if (!asked.add(callee.node())) {
            return; // Whoever enters the circle is asked.
        }
        Optional<List<Callers.Call>> calls = Callers.of(proof, callee);
        if (!Callers.closed(proof, callee) || calls.isEmpty() || calls.get().isEmpty()) {
            gaps.add(new Gap(callee, 0, !Callers.closed(proof, callee) ? "a method that any class may call" : calls.isEmpty()
                    ? "a method reference or code that cannot be followed" : "no caller in the classes of the target"));
            return;
        }
        List<Classes.Method> longer = new ArrayList<>(List.of(callee));
        longer.addAll(through);
        calls.get().forEach(call -> look(call.method(), call.code(), call.index(), List.copyOf(longer), depth));
    }

    private String names() {
        return locks.size() == 1 ? "lock '" + locks.get(0).id() + "' (" + locks.get(0).place() + ")" : "one of the target's locks";
    }
}
