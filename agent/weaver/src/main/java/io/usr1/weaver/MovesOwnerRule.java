package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.target.MethodRef;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.tree.FieldInsnNode;

/**
 * A takeover writes whose the connection is, under the list's lock and before the taker clears the flag; nothing else
 * writes it but constructors.
 *
 * <p>I5, I16. A wake reads the flag, then the owner. If it reads the taker's CLEAR, that read of a volatile sees all that
 * the taker did before, the new owner with it, so it finds another's name and takes the lock. If it reads a CLEAR of its
 * own thread, nothing was inserted since: the connection is still its own. Were the owner written after the CLEAR, or
 * read before the flag, the old owner could pass both.
 */
final class MovesOwnerRule {

    private static final String FIX = "this pool does not move its connections as 'moves-owner' needs; refuse this library version";

    private final Proof proof;
    private final Ownership.MovesOwner ownership;
    private final List<GuardedField> listed;

    MovesOwnerRule(Proof proof, Ownership.MovesOwner ownership, List<GuardedField> listed) {
        this.proof = proof;
        this.ownership = ownership;
        this.listed = listed;
    }

    Optional<GuardedField> check() {
        Optional<Classes.Field> owner = field(proof, ownership);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        ownership.takeovers().forEach(takeover -> proof.method(takeover).ifPresent(method -> proof.code(method).ifPresent(code -> takes(method, code))));
        new TakenFirst(proof, listed, (Taking.Write) this::writes, ownership.owner() + " may not be written yet",
                "the owner written before every CLEAR of the taker, so that an old owner's wake which sees the one sees the other").check();
        proof.note("That a wake runs on the thread which " + ownership.owner() + " names, and that this thread alone inserts and attaches, "
                + "is taken from the target; audit looks at it.");
        return Optional.of(new GuardedField(owner.get().owner().name, ownership.owner().name(),
                "a constructor's write, or one in a listed takeover (" + ownership.takeovers() + ")", FIX,
                List.of(write -> write.inConstructorOf(owner.get().owner().name), write -> isTakeover(write.owner().name, write.method().name, write.method().desc))));
    }

    /** The owner's field, or empty and a refusal. */
    static Optional<Classes.Field> field(Proof proof, Ownership.MovesOwner ownership) {
        Optional<Classes.Field> field = proof.type(ownership.owner().owner())
                .flatMap(type -> proof.classes().field(type.name, ownership.owner().name()).filter(found -> found.owner() == type));
        String found = field.isEmpty() ? "no such field" : !field.get().node().desc.equals("Ljava/lang/Thread;") ? "a field that is no Thread"
                : field.get().is(ACC_STATIC | ACC_PUBLIC | ACC_PROTECTED) ? "a field that is static or that any class may write" : null;
        if (found != null) {
            proof.refuse(ownership.owner().toString(), 0, found, "a private or package-private instance field of type Thread", "correct the owner's field");
            return Optional.empty();
        }
        return field;
    }

    private void takes(Classes.Method method, MethodCode code) {
        Unlisting unlisting = new Unlisting(proof, listed, (Taking.Write) this::writes);
        Sym taken = unlisting.taken(code);
        if (taken == null) {
            proof.refuse(method, 0, "a takeover that does not write " + ownership.owner() + " of one connection", "that write", FIX);
            return;
        }
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && writes(code, i)) {
                for (Held.Gap gap : Held.at(proof, List.of(proof.target().lock(ownership.lock())), method, code, i).gaps()) {
                    proof.refuse(gap.method(), gap.line(), gap.found(), "lock '" + ownership.lock() + "' held where " + ownership.owner() + " is written",
                            "name the class that takes it in 'reads', or refuse this library version");
                }
            }
        }
        Steps steps = unlisting.of(code, taken);
        boolean unlists = unlisting.unlists(steps.returning());
        if (unlists ? unlisting.lost(steps.returning()) : unlisting.fails(steps.returning())) {
            proof.refuse(method, 0, "a way through the takeover on which the connection leaves the list and " + ownership.owner() + " is not written",
                    "the new owner written on every way on which it does", FIX);
        }
    }

    private boolean writes(MethodCode code, int index) {
        return code.at(index) instanceof FieldInsnNode put && put.getOpcode() == PUTFIELD && put.name.equals(ownership.owner().name())
                && proof.classes().field(put.owner, put.name).filter(field -> field.owner().name.equals(Names.internal(ownership.owner().owner()))).isPresent()
                && isTakeover(code.owner().name, code.method().name, code.method().desc);
    }

    private boolean isTakeover(String owner, String name, String descriptor) {
        return ownership.takeovers().stream().anyMatch(takeover -> is(takeover, owner, name, descriptor));
    }

    private static boolean is(MethodRef wanted, String owner, String name, String descriptor) {
        return Names.internal(wanted.owner()).equals(owner) && Names.matches(wanted, name, descriptor);
    }
}
