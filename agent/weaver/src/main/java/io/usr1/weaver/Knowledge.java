package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;

import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;
import io.usr1.target.Ownership;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;

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
    private final List<MarkPlace> sets;
    private final List<MarkPlace> clears;
    private final Evidence evidence = new Evidence();

    Knowledge(Proof proof, List<MarkPlace> sets, List<MarkPlace> clears) {
        this.proof = proof;
        this.covered = new Covered(proof, sets, clears);
        this.sets = sets;
        this.clears = clears;
    }

    Evidence check() {
        proof.target().bypasses().stream().flatMap(bypass -> bypass.whenClear().stream()).distinct().forEach(line -> {
            if (line instanceof WhenClear.Asked asked) {
                new MembershipRule(proof, covered, asked).check().ifPresent(evidence.members()::add);
            } else if (line.known() == Known.NOT_CARRIER) {
                new LinkRule(proof, covered, ((WhenClear.FieldRead) line).field()).check().ifPresent(evidence.links()::add);
            } else {
                Optional<FieldRef> zero = line instanceof WhenClear.FieldRead read ? field(read) : call((WhenClear.Call) line);
                zero.flatMap(this::guarded).ifPresent(this::listed);
            }
        });
        return evidence;
    }

    private Optional<FieldRef> field(WhenClear.FieldRead read) {
        if (read.known() == Known.NOT_NULL) {
            if (proof.layers().stream().noneMatch(layer -> read.field().equals(layer.contextField()))) {
                proof.refuse(read.field().toString(), 0, "'not-null' about another field", "the carrier's context field"
                        + proof.layers().stream().map(layer -> " " + layer.contextField()).distinct().reduce((one, more) -> one + " or" + more).orElse(" of a 'replaces-carrier'")
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

    /** A4: what says "listed" is written after a SET of every layer, so each layer has a look of its own at the writes. */
    private void listed(Classes.Field field) {
        if (proof.target().carriers().size() == 1) {
            evidence.listed().add(guard(field, covered, sets, ""));
            return;
        }
        for (Ownership.Layer layer : proof.layers()) {
            // A SET of an object that may be of either of two layers is none of this one.
            List<MarkPlace> own = sets.stream().filter(set -> set.path().layers().equals(List.of(layer))).toList();
            GuardedField guarded = guard(field, new Covered(proof, own, clears), own, proof.of(layer));
            (layer.equals(proof.layers().get(0)) ? evidence.listed() : evidence.layered()).add(guarded);
        }
    }

    private Optional<Classes.Field> guarded(FieldRef known) {
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
        return field;
    }

    private GuardedField guard(Classes.Field field, Covered covered, List<MarkPlace> sets, String ofLayer) {
        boolean ofCarrier = proof.target().carriers().stream().anyMatch(carrier -> Names.internal(carrier.type()).equals(field.owner().name));
        String methods = String.join(", ", sets.stream().map(set -> set.spec().method().toString()).distinct().sorted().toList());
        return new GuardedField(field.owner().name, field.node().name,
                "false, 0 or null, or a write for the marked connection in a method that sets the flag" + ofLayer + " first (" + methods + ")",
                "add the method that inserts here to 'sets', or refuse this library version",
                List.of(GuardedField.Write::writesZero, write -> inMarkedMethod(covered, write, ofCarrier)));
    }

    private static boolean inMarkedMethod(Covered covered, GuardedField.Write write, boolean ofCarrier) {
        Classes.Method method = new Classes.Method(write.owner(), write.method());
        int index = write.method().instructions.indexOf(write.at());
        // A field of the carrier itself says whether that carrier is listed, whichever connection it is of.
        return covered.subject(method, index, write.receiver()) || ofCarrier && covered.carrier(method, index, write.receiver());
    }
}
