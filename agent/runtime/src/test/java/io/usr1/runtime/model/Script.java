package io.usr1.runtime.model;

import java.util.ArrayList;
import java.util.List;

/** What one thread does: steps one after the other, unless one goes elsewhere. */
final class Script {

    final String thread;
    final int number;
    final List<Step> steps = new ArrayList<>();

    Script(String thread, int number) {
        this.thread = thread;
        this.number = number;
    }

    Script step(String name, Step.Body body) {
        return step(name, 1, body);
    }

    Script step(String name, int ways, Step.Body body) {
        steps.add(new Step(name, ways, false, body));
        return this;
    }

    /** A decision that touches nothing but the thread's own variables. */
    Script choose(String name, int ways, Step.Body body) {
        steps.add(new Step(name, ways, true, body));
        return this;
    }

    /** Waits until the lock is free and takes it. */
    Script lock(Var lock) {
        return step("lock " + lock.name(), t -> t.lock(lock));
    }

    Script unlock(Var lock) {
        return step("unlock " + lock.name(), t -> t.unlock(lock));
    }

    Script go(Label label) {
        return choose("", 1, t -> t.go(label));
    }

    /** The next step is where {@code label} points. */
    Script at(Label label) {
        label.place = steps.size();
        return this;
    }
}
