package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.weave.ClassWeave;

/**
 * What can only be known while the application runs: that nobody calls a method which hands a collection out, and that no
 * class which was not read overrides a method which was. The woven class finds out first, and shuts the gate for good.
 */
final class GuardRule {

    private final Proof proof;

    GuardRule(Proof proof) {
        this.proof = proof;
    }

    /** To be called when the other rules have said which methods must not be overridden. */
    List<Hosted<ClassWeave.Guard>> check() {
        List<Hosted<ClassWeave.Guard>> guards = new ArrayList<>();
        proof.target().handsOut().forEach(wanted -> proof.method(wanted).filter(method -> proof.code(method).isPresent()).ifPresent(method -> {
            proof.note("the first call of " + wanted + " shuts the gate for good");
            guards.add(guard(method, false));
        }));
        proof.kept().forEach(method -> guards.add(guard(method, true)));
        return guards;
    }

    /** Whether that method shuts the gate before it does anything. */
    boolean handsOut(Classes.Method method) {
        return proof.target().handsOut().stream().anyMatch(wanted -> proof.aside(() -> proof.method(wanted).filter(found -> found.node() == method.node()).isPresent()));
    }

    private static Hosted<ClassWeave.Guard> guard(Classes.Method method, boolean override) {
        return new Hosted<>(method.owner().name, new ClassWeave.Guard(new ClassWeave.Host(method.node().name, method.node().desc), override));
    }
}
