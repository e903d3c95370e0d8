package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.FieldRef;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A takeover gives the connection a new carrier and nulls the context of the old one; nothing else changes either.
 *
 * <p>I4, I5 and families C and F: the stolen carrier is no longer the connection's, so no mark reaches it and it stays
 * SET for ever; the new one has never been seen by another thread. A handle that were used again after a takeover could
 * be CLEAR in the hands of its old owner.
 */
final class OwnershipRule {

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
        Optional<Classes.Field> carrier = field(ownership.layers().get(0).carrierField());
        Optional<Classes.Field> context = field(ownership.layers().get(0).contextField());
        String type = Names.internal(proof.target().carrier().type());
        if (carrier.isPresent() && !carrier.get().node().desc.equals("L" + type + ";")) {
            proof.refuse(ownership.layers().get(0).carrierField().toString(), 0, "a field of type " + Type.getType(carrier.get().node().desc).getClassName(),
                    "the carrier's type " + proof.target().carrier().type(), "correct the carrier field");
        }
        if (context.isPresent() && !context.get().owner().name.equals(type)) {
            proof.refuse(ownership.layers().get(0).contextField().toString(), 0, "a context field of another class", "a field of the carrier " + proof.target().carrier().type(),
                    "correct the context field");
        }
        if (takeover.isEmpty() || carrier.isEmpty() || context.isEmpty()) {
            return guarded;
        }
        MethodNode node = takeover.get().node();
        proof.rely(takeover.get().owner());
        guarded.add(guard(carrier.get(), "a new " + proof.target().carrier().type() + " in " + ownership.takeover() + ", or a constructor's first value",
                write -> write.method() == node && write.value() instanceof Sym.Made made && made.type().equals(type)));
        guarded.add(guard(context.get(), "null for the old carrier in " + ownership.takeover() + ", or a constructor's first value",
                write -> write.method() == node && write.value() instanceof Sym.Constant constant && constant.value() == null
                        && !(write.receiver() instanceof Sym.Made)));
        proof.code(takeover.get()).ifPresent(code -> replaces(takeover.get(), code, carrier.get(), context.get()));
        return guarded;
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

    private GuardedField guard(Classes.Field field, String expected, GuardedField.Permit inTakeover) {
        String owner = field.owner().name;
        return new GuardedField(owner, field.node().name, expected, FIX, List.of(write -> write.inConstructorOf(owner), inTakeover));
    }

    /** The takeover reads the old carrier, then puts the new one in its place, and nulls the context of the one it read. */
    private void replaces(Classes.Method takeover, MethodCode code, Classes.Field carrier, Classes.Field context) {
        int replaced = -1;
        Sym taken = null;
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && writes(code, i, carrier)) {
                replaced = i;
                taken = code.stack(i, 1);
            }
        }
        boolean nulled = false;
        for (int i = 0; i < code.size() && replaced >= 0; i++) {
            if (code.reachable(i) && writes(code, i, context)) {
                boolean old = code.stack(i, 1) instanceof Sym.FieldOf read && read.is(carrier.owner().name, carrier.node().name)
                        && read.owner() != null && Sym.same(read.owner(), taken) && read.at() != null && code.index(read.at()) < replaced;
                nulled |= old;
                if (!old) {
                    proof.refuse(takeover, MethodCode.line(code.at(i)), "the context of " + Names.of(code.stack(i, 1)) + " nulled",
                            "that of the carrier which the connection had before, read before it is replaced", FIX);
                }
            }
        }
        if (!nulled) {
            proof.refuse(takeover, 0, replaced < 0 ? "a takeover that does not write " + ownership.layers().get(0).carrierField() : "a takeover that does not null the old carrier's context",
                    "both: a new carrier for the connection, and null for the old one's context", FIX);
        }
    }

    private boolean writes(MethodCode code, int index, Classes.Field field) {
        return code.at(index) instanceof FieldInsnNode put && put.getOpcode() == PUTFIELD && put.name.equals(field.node().name)
                && proof.classes().field(put.owner, put.name).filter(found -> found.node() == field.node()).isPresent();
    }
}
