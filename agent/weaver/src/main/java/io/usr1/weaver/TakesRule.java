package io.usr1.weaver;

import io.usr1.target.FieldRef;
import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.target.Target;
import io.usr1.weaver.CollectionCalls.Effect;
import io.usr1.weaver.CollectionCalls.Kind;
import io.usr1.weaver.code.MethodCode;

/**
 * A SET before an insert that locks inside the JDK. The weaver takes the collection's monitor around both, so that no CLEAR,
 * which stands under that monitor with its unlink, comes between them. It may, because the insert takes the very same
 * monitor: the application waits for nothing that it did not wait for before, and in no other order.
 *
 * <p>So the collection must be one whose methods take their own monitor, {@code Collections.synchronizedList} or its like,
 * wherever it was made. {@link MembershipRule} looks at all that is put into the field, now and in classes loaded later.
 */
final class TakesRule {

    private static final String TODO = "mark inside a lock that the pool takes, or refuse this library version";

    private final Proof proof;
    private final Evidence evidence;

    TakesRule(Proof proof, Evidence evidence) {
        this.proof = proof;
        this.evidence = evidence;
    }

    /** Whether a mark of the target wants the collections in that field to lock themselves. */
    static boolean reliesOn(Target target, FieldRef field) {
        return target.sets().stream().anyMatch(set -> set.takes() != null && field.equals(set.call().on()));
    }

    /** False and a refusal if it may not be taken there. */
    boolean check(MarkPlace set, Iterable<MarkPlace> others) {
        MarkSpec mark = set.spec();
        LockSpec lock = proof.target().lock(mark.takes());
        FieldRef list = lock.place() instanceof LockPlace.ValueOf map ? map.field() : lock.place() instanceof LockPlace.Field place ? place.field() : null;
        if (!mark.takes().equals(proof.target().orderedBy()) || lock.kind() != LockSpec.Kind.MONITOR || !mark.call().on().equals(list)) {
            return refuse(set, "'takes' of lock '" + lock.id() + "' (" + lock.kind().name().toLowerCase() + ", " + lock.place() + ") around a call on " + mark.call().on(),
                    "the monitor of the collection itself, which is the lock of 'ordered-by'");
        }
        boolean inserts = evidence.members().stream().filter(members -> members.line().on().equals(list)).anyMatch(members -> {
            Effect effect = members.effects().get(set.code().at(set.call()));
            return effect != null && effect.kind() == Kind.INSERTS;
        });
        if (!inserts) {
            return refuse(set, "a call of which the proof does not know that it inserts into " + list, "an insert into the collection that a 'when-clear' line speaks of");
        }
        for (MarkPlace other : others) {
            if (other != set && other.call() == set.call() && other.method().node() == set.method().node()) {
                return refuse(set, "another mark at the call that is to be made inside the monitor", "one");
            }
        }
        return true;
    }

    private boolean refuse(MarkPlace set, String found, String expected) {
        proof.refuse(set.method(), MethodCode.line(set.code().at(set.call())), found, expected, TODO);
        return false;
    }
}
