package io.usr1.runtime.model;

import java.util.Collection;
import java.util.Set;

/** A shortest way to a broken rule, one line a step: the thread, the step, and what it changed in memory. */
final class Counterexample {

    private final Model model;
    private final Memory memory;
    private final Rule broken;
    private final Collection<Integer> moves;

    Counterexample(Model model, Memory memory, Rule broken, Collection<Integer> moves) {
        this.model = model;
        this.memory = memory;
        this.broken = broken;
        this.moves = moves;
    }

    @Override public String toString() {
        StringBuilder text = new StringBuilder();
        State state = model.start(memory);
        for (int move : moves) {
            byte[] before = state.bytes.clone();
            String what = replay(state, move);
            if (!what.isEmpty()) {
                text.append(String.format("  %-9s %-46s%s%n", model.threads.get(Move.thread(move)).thread, what, changes(before, state)));
            }
        }
        return text.append("  broken: ").append(broken).append(", ").append(broken.sentence).append(System.lineSeparator()).toString();
    }

    private String replay(State state, int move) {
        int thread = Move.thread(move);
        if (Move.isFlush(move)) {
            String name = model.vars.get(state.waitingVar(thread, Move.detail(move))).name();
            state.pass(thread, Move.detail(move));
            return "(its write of " + name + " becomes visible)";
        }
        int place = state.place(thread);
        Step step = model.threads.get(thread).steps.get(place);
        state.place(thread, place + 1);
        Turn turn = new Turn(memory, Set.of());
        turn.begin(state, thread, Move.detail(move));
        step.body().run(turn);
        return step.name();
    }

    private String changes(byte[] before, State after) {
        StringBuilder text = new StringBuilder();
        for (Var var : model.vars) {
            if (before[var.index()] != after.value(var)) {
                text.append(' ').append(var.name()).append('=').append(after.value(var));
            }
        }
        return text.toString();
    }
}
