package io.usr1.runtime.model;

import java.util.Set;

/**
 * One thread's view of the state while it takes one step. A volatile write and both lock operations wait until the thread's
 * earlier writes are visible: that is what "drains the store buffer" means, with every moment in between explored.
 */
final class Turn {

    private final Memory memory;
    private final Set<Rule> rules;
    private State state;
    private int thread;
    private int way;
    private boolean blocked;
    private Rule broken;

    Turn(Memory memory, Set<Rule> rules) {
        this.memory = memory;
        this.rules = rules;
    }

    void begin(State state, int thread, int way) {
        this.state = state;
        this.thread = thread;
        this.way = way;
        blocked = false;
        broken = null;
    }

    int thread() {
        return thread;
    }

    /** Which of the step's ways is tried. */
    int way() {
        return way;
    }

    int read(Var var) {
        return var.shared() ? state.seen(thread, var) : state.value(var);
    }

    /** A plain write of a shared variable; at once for a thread's own and for ghosts. */
    void write(Var var, int value) {
        if (!var.shared() || memory == Memory.SEQUENTIAL) {
            state.value(var, value);
        } else if (state.waiting(thread) == Memory.WAITING) {
            block();
        } else {
            state.delay(thread, var, value);
        }
    }

    void add(Var var, int difference) {
        write(var, read(var) + difference);
    }

    void writeVolatile(Var var, int value) {
        drained();
        state.value(var, value);
    }

    void lock(Var lock) {
        drained();
        if (state.value(lock) != 0) {
            block();
        }
        state.value(lock, 1 + thread);
    }

    /** @return false if somebody has it, this thread included */
    boolean tryLock(Var lock) {
        drained();
        if (state.value(lock) != 0) {
            return false;
        }
        state.value(lock, 1 + thread);
        return true;
    }

    void unlock(Var lock) {
        drained();
        state.value(lock, 0);
    }

    boolean holds(Var lock) {
        return state.value(lock) == 1 + thread;
    }

    void go(Label label) {
        state.place(thread, label.place);
    }

    /** The step cannot be taken this way now. */
    void block() {
        blocked = true;
    }

    void require(boolean holds, Rule rule) {
        if (!holds && broken == null && rules.contains(rule)) {
            broken = rule;
        }
    }

    boolean blocked() {
        return blocked;
    }

    /** The first of the rules looked at that the step broke; null if it broke none. */
    Rule broken() {
        return broken;
    }

    private void drained() {
        if (state.waiting(thread) > 0) {
            block();
        }
    }
}
