package io.usr1.runtime.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A pool in small: variables, a script per thread, and what must hold. */
abstract class Model {

    final List<Var> vars = new ArrayList<>();
    final List<Script> threads = new ArrayList<>();
    /** What holds in every state. */
    final Map<Rule, Predicate<State>> always = new LinkedHashMap<>();
    /** What holds when all threads are done. */
    final Map<Rule, Predicate<State>> atEnd = new LinkedHashMap<>();
    private final List<Integer> initial = new ArrayList<>();

    final Var shared(String name, int value) {
        return var(name, value, true);
    }

    /** A thread's own, a ghost, or a lock: never in a store buffer. */
    final Var own(String name, int value) {
        return var(name, value, false);
    }

    final Var[] shared(String name, int count, int value) {
        Var[] family = new Var[count];
        for (int i = 0; i < count; i++) {
            family[i] = shared(name + i, value);
        }
        return family;
    }

    final Var[] own(String name, int count, int value) {
        Var[] family = new Var[count];
        for (int i = 0; i < count; i++) {
            family[i] = own(name + i, value);
        }
        return family;
    }

    final Script thread(String name) {
        Script script = new Script(name, threads.size());
        threads.add(script);
        return script;
    }

    final State start(Memory memory) {
        State state = new State(vars.size(), threads.size(), memory);
        for (Var var : vars) {
            state.value(var, initial.get(var.index()));
        }
        return state;
    }

    private Var var(String name, int value, boolean shared) {
        Var var = new Var(vars.size(), name, shared);
        vars.add(var);
        initial.add(value);
        return var;
    }
}
