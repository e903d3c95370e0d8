package io.usr1.runtime.model;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Visits every reachable state of a model, breadth first, until a rule is broken: so a counterexample is a shortest one. */
final class Explorer {

    private final Model model;
    private final Memory memory;
    private final Set<Rule> rules;
    private final State state;
    private final State next;
    private final Turn turn;
    private final States seen;
    /** Steps that were never taken: the dead ones, if the whole model was visited. */
    private final Set<Step> untaken = new LinkedHashSet<>();
    private int current;
    private Rule broken;
    private int lastMove;

    private Explorer(Model model, Memory memory, Set<Rule> rules) {
        this.model = model;
        this.memory = memory;
        this.rules = rules;
        this.state = model.start(memory);
        this.next = model.start(memory);
        this.turn = new Turn(memory, rules);
        this.seen = new States(state.bytes.length);
        model.threads.forEach(script -> untaken.addAll(script.steps));
    }

    /** @param rules the ones that end the search when broken; the others are not looked at */
    static Exploration explore(Model model, Memory memory, Set<Rule> rules) {
        return new Explorer(model, memory, rules).run();
    }

    private Exploration run() {
        seen.add(state.bytes, -1, 0);
        for (current = 0; current < seen.size() && broken == null; current++) {
            seen.load(current, state.bytes);
            if (!expand() && broken == null) {
                end();
            }
        }
        return new Exploration(seen.size(), broken, broken == null ? null : trace(), untaken);
    }

    /** @return false if no thread can do anything */
    private boolean expand() {
        for (Script script : model.threads) {
            if (state.place(script.number) < script.steps.size() && script.steps.get(state.place(script.number)).own()) {
                return expand(script); // it commutes with whatever the others may do, so they need not be tried here
            }
        }
        boolean moved = false;
        for (Script script : model.threads) {
            moved |= expand(script) | flush(script.number);
        }
        return moved;
    }

    private boolean expand(Script script) {
        int place = state.place(script.number);
        if (place == script.steps.size()) {
            return false;
        }
        boolean moved = false;
        Step step = script.steps.get(place);
        for (int way = 0; way < step.ways() && broken == null; way++) {
            copy();
            next.place(script.number, place + 1);
            turn.begin(next, script.number, way);
            step.body().run(turn);
            if (!turn.blocked()) {
                moved = true;
                untaken.remove(step);
                arrive(Move.step(script.number, way), turn.broken());
            }
        }
        return moved;
    }

    private boolean flush(int thread) {
        boolean moved = false;
        for (int i = 0; i < state.waiting(thread) && broken == null; i++) {
            if (state.mayPass(thread, i, memory)) {
                copy();
                next.pass(thread, i);
                moved = true;
                arrive(Move.flush(thread, i), null);
            }
        }
        return moved;
    }

    private void arrive(int move, Rule brokenByStep) {
        boolean fresh = seen.add(next.bytes, current, move);
        if (brokenByStep != null) {
            stop(brokenByStep, move);
        } else if (fresh) {
            check(model.always, next, move);
        }
    }

    private void end() {
        boolean done = model.threads.stream().allMatch(script -> state.place(script.number) == script.steps.size());
        if (!done && rules.contains(Rule.DEADLOCK)) {
            stop(Rule.DEADLOCK, Move.NONE);
        } else if (done) {
            check(model.atEnd, state, Move.NONE);
        }
    }

    private void check(Map<Rule, Predicate<State>> required, State subject, int move) {
        for (Map.Entry<Rule, Predicate<State>> one : required.entrySet()) {
            if (rules.contains(one.getKey()) && !one.getValue().test(subject)) {
                stop(one.getKey(), move);
                return;
            }
        }
    }

    private void stop(Rule rule, int move) {
        broken = rule;
        lastMove = move;
    }

    private void copy() {
        System.arraycopy(state.bytes, 0, next.bytes, 0, state.bytes.length);
    }

    private Counterexample trace() {
        int last = current - 1; // run() has counted on already
        ArrayDeque<Integer> moves = new ArrayDeque<>();
        if (lastMove != Move.NONE) {
            moves.push(lastMove);
        }
        for (int at = last; at > 0; at = seen.parent(at)) {
            moves.push(seen.move(at));
        }
        return new Counterexample(model, memory, broken, moves);
    }
}
