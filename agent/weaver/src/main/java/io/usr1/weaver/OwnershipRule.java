package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.usr1.target.FieldRef;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A takeover gives the connection a new carrier and nulls the context of the old one, on each layer; nothing else changes
 * either.
 *
 * <p>I4, I5 and families C and F: the stolen carrier is no longer the connection's, so no mark reaches it and it stays
 * SET for ever; the new one has never been seen by another thread. A handle that were used again after a takeover could
 * be CLEAR in the hands of its old owner.
 */
final class OwnershipRule {

    private static final String BOTH = "both: a new carrier for the connection, and null for the old one's context";
    private static final String FIX = "this pool does not replace its carriers as 'replaces-carrier' needs; refuse this library version";

    private final Proof proof;
    private final Ownership.ReplacesCarrier ownership;

    OwnershipRule(Proof proof, Ownership.ReplacesCarrier ownership) {
        this.proof = proof;
        this.ownership = ownership;
    }

    List<GuardedField> check() {
        proof.note("That insert, attach and wake of a connection run on the thread that owns it is taken from the target; audit looks at it.");
        List<GuardedField> guarded = new ArrayList<>();
        Optional<Classes.Method> takeover = proof.method(ownership.takeover());
        boolean whole = takeover.isPresent();
        for (Ownership.Layer layer : ownership.layers()) {
            Optional<Classes.Field> carrier = field(layer.carrierField());
            Optional<Classes.Field> context = field(layer.contextField());
            String type = Names.internal(proof.carrier(layer).type());
            if (carrier.isPresent() && !carrier.get().node().desc.equals("L" + type + ";")) {
                proof.refuse(layer.carrierField().toString(), 0, "a field of type " + Type.getType(carrier.get().node().desc).getClassName(),
                        "the carrier's type " + proof.carrier(layer).type(), "correct the carrier field");
            }
            carrier.ifPresent(this::copied);
            if (context.isPresent() && !context.get().owner().name.equals(type)) {
                proof.refuse(layer.contextField().toString(), 0, "a context field of another class", "a field of the carrier " + proof.carrier(layer).type(),
                        "correct the context field");
            }
            whole &= carrier.isPresent() && context.isPresent();
            if (takeover.isPresent() && carrier.isPresent() && context.isPresent()) {
                guards(takeover.get().node(), carrier.get(), context.get(), guarded);
            }
        }
        if (whole) {
            proof.rely(takeover.get().owner());
            new LayersRule(proof, ownership).check();
            proof.code(takeover.get()).ifPresent(code -> replaces(takeover.get(), code));
        }
        return guarded;
    }

    /** A copy has its original's carrier, and attaching the one would clear the other's. */
    private void copied(Classes.Field carrier) {
        for (ClassNode type : proof.scope()) {
            Set<String> above = proof.classes().supertypes(type);
            if (above.contains("java/lang/Cloneable") && (type == carrier.owner() || above.contains(carrier.owner().name))) {
                proof.refuse(Names.binary(type.name), 0, "a Cloneable class, of which a copy has the same " + Names.binary(carrier.owner().name) + "." + carrier.node().name,
                        "connections that cannot be copied", FIX);
            }
        }
    }

    /** Two layers may share a class, and so a context field: which carrier's it is, the takeover's own check says. */
    private void guards(MethodNode takeover, Classes.Field carrier, Classes.Field context, List<GuardedField> guarded) {
        String type = context.owner().name;
        // One that came from elsewhere could be another connection's, too, whose CLEAR would be this one's.
        guarded.add(guard(carrier, "a new " + Names.binary(type) + " in " + ownership.takeover() + " or in a constructor",
                write -> write.method() == takeover && fresh(write, type) || write.inConstructorOf(carrier.owner().name) && (fresh(write, type) || isNull(write))));
        guarded.add(guard(context, "null for the old carrier in " + ownership.takeover() + ", or a constructor's first value",
                write -> write.inConstructorOf(type) || write.method() == takeover && write.value() instanceof Sym.Constant constant && constant.value() == null
                        && !(write.receiver() instanceof Sym.Made)));
    }

    private Optional<Classes.Field> field(FieldRef wanted) {
        return proof.type(wanted.owner()).flatMap(type -> {
            Optional<Classes.Field> field = proof.classes().field(type.name, wanted.name()).filter(found -> found.owner() == type);
            if (field.isEmpty() || field.get().is(ACC_STATIC | ACC_PUBLIC | ACC_PROTECTED)) {
                proof.refuse(wanted.toString(), 0, field.isEmpty() ? "no such field" : "a field that is static or that any class may write",
                        "a private or package-private instance field", field.isEmpty() ? "check the name and the library's version" : FIX);
                return Optional.empty();
            }
            return field;
        });
    }

    private GuardedField guard(Classes.Field field, String expected, GuardedField.Permit permit) {
        return new GuardedField(field.owner().name, field.node().name, expected, FIX, List.of(permit));
    }

    private static boolean isNull(GuardedField.Write write) {
        return write.value() instanceof Sym.Constant constant && constant.value() == null;
    }

    /** The takeover reads the old carrier, then puts the new one in its place, and nulls the context of the one it read; so for each layer. */
    private void replaces(Classes.Method takeover, MethodCode code) {
        Replacing replacing = new Replacing(proof, ownership);
        Unlisting ways = new Unlisting(proof, List.of(), replacing);
        Sym taken = ways.taken(code);
        if (taken == null || taken instanceof Sym.Opaque) {
            boolean writes = IntStream.range(0, code.size()).anyMatch(i -> code.reachable(i) && replacing.taken(code, i) != null);
            proof.refuse(takeover, 0, writes ? "a takeover that replaces carriers of several connections, or of what no 'via' leads to"
                    : "a takeover that does not write " + ownership.layers().get(0).carrierField(), BOTH, FIX);
            return;
        }
        Steps steps = ways.of(code, taken);
        for (Ownership.Layer layer : ownership.layers()) {
            boolean replaced = false;
            boolean nulled = false;
            for (int i = 0; i < code.size(); i++) {
                if (code.reachable(i)) {
                    replaced |= replacing.writes(code, i, layer.carrierField()) && replacing.done(code, i, taken) != 0;
                    nulled |= replacing.old(code, i, taken).filter(layer::equals).isPresent() && isBefore(replacing, steps, code, i, layer);
                }
            }
            if (!replaced || !nulled) {
                proof.refuse(takeover, 0, (replaced ? "a takeover that does not null the old carrier's context" + proof.of(layer)
                        : "a takeover that does not write " + layer.carrierField() + proof.of(layer)) + " in its own body", BOTH, FIX);
            }
        }
        for (int i = 0; i < code.size(); i++) {
            boolean nulls = code.reachable(i) && writesContext(replacing, code, i);
            Optional<Ownership.Layer> old = nulls ? replacing.old(code, i, taken) : Optional.empty();
            int index = i;
            if (nulls && old.filter(layer -> isBefore(replacing, steps, code, index, layer)).isEmpty()) {
                proof.refuse(takeover, MethodCode.line(code.at(i)), "the context of " + Names.of(code.stack(i, 1)) + " nulled",
                        "that of the carrier which the connection had before, read before it is replaced", FIX);
            }
        }
    }

    private boolean writesContext(Replacing replacing, MethodCode code, int index) {
        return ownership.layers().stream().anyMatch(layer -> replacing.writes(code, index, layer.contextField()));
    }

    /** The carrier whose context is nulled was read while the connection still had it. */
    private static boolean isBefore(Replacing replacing, Steps steps, MethodCode code, int index, Ownership.Layer layer) {
        return replacing.reads(code, index).stream().allMatch(read -> steps.before(code.index(read)).stream().noneMatch(mask -> replacing.replaced(mask, layer)));
    }

    private boolean fresh(GuardedField.Write write, String type) {
        return proof.code(new Classes.Method(write.owner(), write.method()))
                .filter(code -> Replacing.isFresh(code, code.index(write.at()), type)).isPresent();
    }
}
