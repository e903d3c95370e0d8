package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;

import org.objectweb.asm.tree.ClassNode;

/**
 * What the target says a clear flag means is true: each {@code when-clear} line stands for one field that is false, 0 or
 * null unless a method that sets the flag first wrote it.
 *
 * <p>I1 and I2 (listed implies set), bug A4: every way into the list is marked, or the target is refused and the unmarked
 * one named. D1 to D5: the field is the one that the locked body itself asks, so status and membership cannot differ.
 */
final class Knowledge {

    private final Proof proof;
    private final Covered covered;
    private final Evidence evidence = new Evidence();

    Knowledge(Proof proof, Covered covered) {
        this.proof = proof;
        this.covered = covered;
    }

    Evidence check() {
        proof.target().bypasses().stream().flatMap(bypass -> bypass.whenClear().stream()).distinct().forEach(line -> {
            if (line instanceof WhenClear.Asked asked) {
                new MembershipRule(proof, covered, asked).check().ifPresent(evidence.members()::add);
            } else if (line.known() == Known.NOT_CARRIER) {
                new LinkRule(proof, covered, ((WhenClear.FieldRead) line).field()).check().ifPresent(evidence.links()::add);
            } else {
                Optional<FieldRef> zero = line instanceof WhenClear.FieldRead read ? field(read) : call((WhenClear.Call) line);
                zero.flatMap(this::guard).ifPresent(evidence.listed()::add);
            }
        });
        return evidence;
    }

    private Optional<FieldRef> field(WhenClear.FieldRead read) {
        if (read.known() == Known.NOT_NULL) {
            if (proof.replaces().filter(replaces -> read.field().equals(replaces.layers().get(0).contextField())).isEmpty()) {
                proof.refuse(read.field().toString(), 0, "'not-null' about another field", "the carrier's context field"
                        + proof.replaces().map(replaces -> " " + replaces.layers().get(0).contextField()).orElse(" of a 'replaces-carrier'")
                        + ", which only a takeover nulls", "leave the line out");
            }
            return Optional.empty();
        }
        if (read.known() == Known.TRUE) {
            proof.refuse(read.field().toString(), 0, "'true' about a field", "a field that is false, 0 or null while the connection is not listed",
                    "name a method that asks such a field");
            return Optional.empty();
        }
        return Optional.of(read.field());
    }

    private Optional<FieldRef> call(WhenClear.Call call) {
        MethodRef wanted = call.method();
        Optional<Classes.Method> method = proof.method(wanted);
        if (method.isEmpty()) {
            return Optional.empty();
        }
        proof.rely(method.get().owner());
        Optional<FieldRef> asked = new Query(proof.classes(), method.get()).zeroField(call.known());
        if (asked.isEmpty()) {
            proof.refuse(method.get(), 0, "a method that is not plainly '" + call.known() + "' whenever one field of its object is false, 0 or null, and only then",
                    "one like 'return listed;' or 'return list != null;'", "name the field that it reads, or another method");
        }
        asked.filter(field -> call.known() == Known.FALSE || call.known() == Known.NULL).ifPresent(field -> proof.asks(field, method.get()));
        return asked;
    }

    private Optional<GuardedField> guard(FieldRef known) {
        Optional<ClassNode> type = proof.type(known.owner());
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Optional<Classes.Field> field = proof.classes().field(type.get().name, known.name()).filter(found -> found.owner() == type.get());
        if (field.isEmpty() || field.get().is(ACC_STATIC)) {
            proof.refuse(known.toString(), 0, "no such instance field", "one", "check the name and the library's version");
            return Optional.empty();
        }
        if (field.get().is(ACC_PUBLIC | ACC_PROTECTED)) {
            proof.refuse(known.toString(), 0, "a field that any class may write", "a private or package-private one, whose writers can be listed",
                    "choose another field or method for when-clear");
            return Optional.empty();
        }
        boolean ofCarrier = proof.target().carriers().stream().anyMatch(carrier -> carrier.type().equals(known.owner()));
        TreeSet<String> sets = new TreeSet<>();
        proof.target().sets().forEach(mark -> sets.add(mark.method().toString()));
        return Optional.of(new GuardedField(type.get().name, known.name(),
                "false, 0 or null, or a write for the marked connection in a method that sets the flag first (" + String.join(", ", sets) + ")",
                "add the method that inserts here to 'sets', or refuse this library version",
                List.of(GuardedField.Write::writesZero, write -> inMarkedMethod(write, ofCarrier))));
    }

    private boolean inMarkedMethod(GuardedField.Write write, boolean ofCarrier) {
        Classes.Method method = new Classes.Method(write.owner(), write.method());
        int index = write.method().instructions.indexOf(write.at());
        // A field of the carrier itself says whether that carrier is listed, whichever connection it is of.
        return covered.subject(method, index, write.receiver()) || ofCarrier && covered.carrier(method, index, write.receiver());
    }
}
