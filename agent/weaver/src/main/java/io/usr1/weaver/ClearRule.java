package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.usr1.target.CarrierPath;
import io.usr1.target.Condition;
import io.usr1.target.MarkSpec;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.CollectionCalls.Effect;
import io.usr1.weaver.CollectionCalls.Kind;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * With a bypass that any thread may do, each CLEAR is of an object that what the flag speaks of is true of: it has just
 * left the list, inside the lock. Where a field says so the woven CLEAR looks at it; where a collection does, the cleared
 * object must be the one that a removing call has just handed out.
 *
 * <p>I1 and I2: a stale CLEAR is the one unsafe state.
 */
final class ClearRule {

    private static final String TODO = "clear after the call that takes the connection out, with what it returned, or refuse this library version";

    private final Proof proof;
    private final Evidence evidence;

    ClearRule(Proof proof, Evidence evidence) {
        this.proof = proof;
        this.evidence = evidence;
    }

    void check(List<MarkPlace> clears) {
        for (MarkPlace clear : clears) {
            evidence.members().stream().filter(members -> !follows(clear, members)).forEach(members -> refuse(clear, members.in()
                    ? "that does not follow an insert of the same object into " + members.line().on()
                    : "that does not follow a call by which the same object left " + members.line().on()));
            evidence.links().stream().filter(link -> !leaves(clear, link)).forEach(link ->
                    refuse(clear, "of another object than one whose " + link.field() + " was read and nulled in the method, on every way, before it is returned"));
            clear.path().check().ifPresent(path -> {
                for (GuardedField field : evidence.listed()) {
                    if (clear.path().readable(path, List.of(field)).isEmpty()) {
                        refuse(clear, "where " + field + " cannot be looked at");
                    }
                }
            });
        }
    }

    private void refuse(MarkPlace clear, String what) {
        proof.refuse(clear.method(), clear.line(), "a CLEAR of '" + clear.spec().carrier() + "' at its " + clear.spec().at().name().toLowerCase() + " " + what,
                "a CLEAR of what is certainly out of the list", TODO);
    }

    private boolean follows(MarkPlace clear, Evidence.Members members) {
        boolean bare = clear.spec().carrier().steps().stream().noneMatch(CarrierPath.Step.Field.class::isInstance);
        if (clear.spec().at() == MarkSpec.At.AFTER) {
            Effect effect = members.effects().get(clear.code().at(clear.call()));
            return effect != null && (members.in() ? inserted(clear, effect) : removed(clear, effect, bare));
        }
        return clear.spec().at() == MarkSpec.At.EXIT && bare && !members.in() && clear.spec().carrier().root() == CarrierPath.Root.RETURNED && returnsTaken(clear, members);
    }

    private boolean removed(MarkPlace clear, Effect effect, boolean bare) {
        if (effect.kind() == Kind.TAKES) {
            return bare && clear.spec().carrier().root() == CarrierPath.Root.RETURNED;
        }
        Condition when = clear.spec().when();
        boolean did = when != null && when.root() == CarrierPath.Root.RETURNED && (when.is() == Known.TRUE || when.is() == Known.NOT_NULL);
        return effect.kind() == Kind.REMOVES && did && clear.path().isCarrier(argument(clear, effect));
    }

    private boolean inserted(MarkPlace clear, Effect effect) {
        MethodInsnNode call = (MethodInsnNode) clear.code().at(clear.call());
        Condition when = clear.spec().when();
        boolean sure = !call.name.startsWith("offer") || when != null && when.root() == CarrierPath.Root.RETURNED && when.is() == Known.TRUE;
        return effect.kind() == Kind.INSERTS && sure && clear.path().isCarrier(argument(clear, effect));
    }

    private static Sym argument(MarkPlace clear, Effect effect) {
        MethodInsnNode call = (MethodInsnNode) clear.code().at(clear.call());
        return clear.code().stack(clear.call(), Type.getArgumentTypes(call.desc).length - 1 - effect.argument());
    }

    /** Whatever the method returns is null or was taken out by it, and nothing that could put it back runs in between. */
    private boolean returnsTaken(MarkPlace clear, Evidence.Members members) {
        List<Integer> taking = new ArrayList<>();
        try {
            Origins origins = clear.code().origins();
            for (int index : clear.at()) {
                for (AbstractInsnNode made : origins.made(clear.code().at(index), 0)) {
                    boolean takes = made != null && members.effects().containsKey(made) && members.effects().get(made).kind() == Kind.TAKES;
                    if (takes) {
                        taking.add(clear.code().index(made));
                    } else if (made == null || made.getOpcode() != ACONST_NULL) {
                        return false;
                    }
                }
            }
        } catch (AnalyzerException unreadable) {
            return false;
        }
        return taking.stream().allMatch(from -> Ways.after(clear.code(), from).stream().allMatch(index -> quiet(clear.code().at(index), members)));
    }

    private boolean quiet(AbstractInsnNode insn, Evidence.Members members) {
        if (members != null && members.effects().containsKey(insn) && members.effects().get(insn).kind() == Kind.INSERTS) {
            return false;
        }
        return insn.getOpcode() != INVOKEDYNAMIC && (!(insn instanceof MethodInsnNode call) || CollectionCalls.isType(call.owner)
                || call.owner.startsWith("java/util/concurrent/locks/") || call.owner.startsWith("java/util/concurrent/atomic/") || call.owner.startsWith("java/lang/"));
    }

    /** What the method returns was read from a link, and that link is nulled on every way before it is returned. */
    private boolean leaves(MarkPlace clear, Evidence.Link link) {
        boolean shape = clear.spec().at() == MarkSpec.At.EXIT && clear.spec().carrier().root() == CarrierPath.Root.RETURNED
                && clear.spec().carrier().steps().stream().noneMatch(CarrierPath.Step.Field.class::isInstance);
        MethodCode code = clear.code();
        return shape && clear.at().stream().allMatch(index -> {
            Sym returned = code.stack(index, 0);
            if (returned instanceof Sym.Constant constant && constant.value() == null) {
                return true;
            }
            if (!(returned instanceof Sym.FieldOf read) || !Names.is(link.field(), read) || read.owner() == null || read.at() == null) {
                return false;
            }
            int from = code.index(read.at());
            BitSet between = Ways.after(code, from);
            boolean nulled = !reachableWithout(code, from, read.owner(), link).contains(index);
            return nulled && between.stream().allMatch(at -> quiet(code.at(at), null) && !links(code, at, link));
        });
    }

    private boolean links(MethodCode code, int index, Evidence.Link link) {
        return link.guarded().isWrite(proof.classes(), code.at(index)) && !isNull(code.stack(index, 0));
    }

    private Set<Integer> reachableWithout(MethodCode code, int from, Sym node, Evidence.Link link) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> work = new ArrayDeque<>(code.next(from));
        while (!work.isEmpty()) {
            int index = work.pop();
            boolean nulls = code.at(index) instanceof FieldInsnNode && link.guarded().isWrite(proof.classes(), code.at(index))
                    && isNull(code.stack(index, 0)) && Sym.same(code.stack(index, 1), node);
            if (!nulls && seen.add(index)) {
                work.addAll(code.next(index));
                code.handlers(index).forEach(handler -> work.add(code.index(handler.handler)));
            }
        }
        return seen;
    }

    private static boolean isNull(Sym value) {
        return value instanceof Sym.Constant constant && constant.value() == null;
    }
}
