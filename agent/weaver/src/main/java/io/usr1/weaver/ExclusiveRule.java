package io.usr1.weaver;

import io.usr1.target.MethodRef;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import java.util.List;
import java.util.Optional;

/**
 * Whoever calls a site is listed, with the reason why no two threads are in it for one carrier. The reasons are a
 * person's; that the list is whole is proved here, and for classes that are loaded later by {@link Plan#inspect}.
 *
 * <p>I5, I16. A method that other packages may call, or that can be called by the name of a method which it implements,
 * has callers that nobody lists: refused, for a stranger's call is exactly what would bring two threads together.
 */
final class ExclusiveRule {

    private final Proof proof;
    private final Ownership.Exclusive ownership;

    ExclusiveRule(Proof proof, Ownership.Exclusive ownership) {
        this.proof = proof;
        this.ownership = ownership;
    }

    void check() {
        if (ownership.callers().stream().filter(caller -> proof.method(caller.method()).isEmpty()).count() > 0) {
            return; // A name that is not there; refused by that.
        }
        proof.target().regions().forEach(region -> proof.method(region.method()).ifPresent(this::site));
        ownership.callers().forEach(caller -> proof.note("That " + caller.method() + " is alone at its site is taken from the target: "
                + caller.because() + " Audit counts calls that overlap."));
    }

    private void site(Classes.Method site) {
        if (!Callers.closed(proof, site)) {
            proof.refuse(site, 0, "a site that classes which are not read may call", "a method that is private, or not public and no implementation of another",
                    "leave this region locked");
            return;
        }
        Optional<List<Callers.Call>> calls = Callers.of(proof, site);
        if (calls.isEmpty()) {
            proof.refuse(site, 0, "a method reference or code that cannot be followed", "plain calls of the site, which can be listed", "leave this region locked");
            return;
        }
        for (Callers.Call call : calls.get()) {
            proof.rely(call.method().owner());
            if (ownership.callers().stream().noneMatch(caller -> is(caller.method(), call.method()))) {
                proof.refuse(call.method(), MethodCode.line(call.code().at(call.index())), "a call of " + Names.method(site.owner(), site.node()),
                        "only calls by the listed callers", "add it to 'callers' with the reason why it is alone, or leave this region locked");
            }
        }
    }

    private static boolean is(MethodRef wanted, Classes.Method method) {
        return Names.internal(wanted.owner()).equals(method.owner().name) && Names.matches(wanted, method.node().name, method.node().desc);
    }
}
