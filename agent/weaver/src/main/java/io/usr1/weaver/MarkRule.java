package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.usr1.target.CarrierPath;
import io.usr1.target.Condition;
import io.usr1.target.MarkSpec;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Marks stand where they keep their promise: SET before anything of the insert happens, CLEAR never on a handle that a
 * takeover is just taking away.
 *
 * <p>That a connection has left the list before CLEAR is not left to the target's word: where the woven class can read the
 * field that says so, the woven CLEAR looks at it and does nothing while it still says "listed".
 *
 * <p>I2 (listed means set) and families A and B: a SET after the publish is the bug of B1 to B3. I4: a stolen handle
 * stays SET for ever.
 */
final class MarkRule {

    private final Proof proof;
    private final Evidence evidence;
    private final List<GuardedField> listed;

    /** @param evidence of which the fields that say that a connection is listed */
    MarkRule(Proof proof, Evidence evidence) {
        this.proof = proof;
        this.evidence = evidence;
        this.listed = evidence.listed();
    }

    List<Hosted<ClassWeave.Mark>> check(List<MarkPlace> sets, List<MarkPlace> clears) {
        List<Hosted<ClassWeave.Mark>> marks = new ArrayList<>();
        if (proof.target().sets().isEmpty() && proof.target().carrier() != null) {
            proof.refuse("the target", 0, "no place where the flag is set", "each place that inserts a connection", "add it to the target");
        } else if (proof.target().carriers().size() > 1) {
            proof.layers().forEach(layer -> everyLayer(layer, sets, clears));
        }
        List<MarkPlace> all = Stream.concat(sets.stream(), clears.stream()).toList();
        sets.stream().filter(mark -> mark.spec().takes() == null || new TakesRule(proof, evidence).check(mark, all)).forEach(mark -> check(mark, true).ifPresent(marks::add));
        clears.forEach(mark -> check(mark, false).ifPresent(marks::add));
        return marks;
    }

    private String ends() {
        return proof.layers().size() == 1 ? proof.layers().get(0).carrierField().toString() : "the carrier field of a layer";
    }

    private void everyLayer(Ownership.Layer layer, List<MarkPlace> sets, List<MarkPlace> clears) {
        if (sets.stream().noneMatch(set -> set.path().layers().equals(List.of(layer)))) {
            proof.refuse("the target", 0, "no place where the flag" + proof.of(layer) + " is set", "each place that inserts a connection, for every layer",
                    "add 'set' lines whose carrier's path ends in " + layer.carrierField());
        }
        // A1: safe, so it stays; but it was 38 months until somebody noticed.
        if (clears.stream().noneMatch(clear -> clear.path().layers().equals(List.of(layer)))) {
            proof.note("The flag" + proof.of(layer) + " is cleared nowhere: once inserted, a connection locks at each wake of this layer for ever.");
        }
    }

    private Optional<Hosted<ClassWeave.Mark>> check(MarkPlace place, boolean set) {
        Classes.Method method = place.method();
        MarkSpec mark = place.spec();
        boolean exit = mark.at() == MarkSpec.At.EXIT;
        if (method.node().name.startsWith("<")) {
            proof.refuse(method, 0, "a mark in a constructor or initialiser", "a method", "name the method that inserts or attaches");
            return Optional.empty();
        }
        if (set && (exit || mark.at() == MarkSpec.At.AFTER)) {
            proof.refuse(method, place.line(), exit ? "a SET at the exit" : "a SET after a call", "SET at the entry or before the call, before the connection can be found in the list",
                    "set 'at: entry' or 'at: before'");
            return Optional.empty();
        }
        boolean takesAway = proof.replaces().filter(own -> mark.method().equals(own.takeover())).isPresent();
        if (!set && takesAway && (!exit || mark.carrier().steps().isEmpty())) {
            proof.refuse(method, 0, "a CLEAR of the carrier that the takeover takes away", "CLEAR on the new carrier only",
                    "clear where the taker attaches the connection");
            return Optional.empty();
        }
        if (mark.carrier().root() == CarrierPath.Root.EACH && !holdsAll(place)) {
            proof.refuse(method, place.line(), "'each' before a call that has arguments or is not made on a collection of the JDK", "a call as clear()",
                    "mark the one carrier that the call removes");
            return Optional.empty();
        }
        // Nothing says of a bare carrier that it is still its connection's: it may be the one that was stolen.
        if ((proof.target().carriers().size() > 1 || !set && proof.replaces().isPresent()) && mark.carrier().steps().stream().noneMatch(CarrierPath.Step.Field.class::isInstance)) {
            proof.refuse(method, place.line(), "a mark of a carrier by itself, '" + mark.carrier() + "'", "the path from its connection, which ends in " + ends(),
                    "mark where the connection is at hand");
            return Optional.empty();
        }
        Optional<ClassWeave.Path> path = place.path().check();
        boolean atEntry = mark.at() == MarkSpec.At.ENTRY;
        if (path.isPresent() && !atEntry && path.get().from() == ClassWeave.From.LOCAL && assigned(method, path.get().slot())) {
            proof.refuse(method, place.line(), "the root of the path '" + mark.carrier() + "' assigned in the method", "the same object " + (exit ? "until the exit" : "all through"),
                    "mark at the entry, or in another method");
            return Optional.empty();
        }
        Optional<ClassWeave.When> when = mark.when() == null ? Optional.empty()
                : when(proof, method, mark.when(), place.call() < 0 ? method.node().desc : ((MethodInsnNode) place.code().at(place.call())).desc, !atEntry);
        if (path.isEmpty() || mark.when() != null && when.isEmpty()) {
            return Optional.empty();
        }
        unseen(place, path.get(), set);
        proof.site((set ? "set" : "clear") + proof.suffix(place.path()), method, place.line(), set ? PlannedSite.Kind.SET : PlannedSite.Kind.CLEAR);
        ClassWeave.Host where = new ClassWeave.Host(method.node().name, method.node().desc);
        return Optional.of(new Hosted<>(method.owner().name, new ClassWeave.Mark(where, set, ClassWeave.At.valueOf(mark.at().name()), place.call(), path.get(),
                place.path().subject(path.get()), set ? List.of() : place.path().readable(path.get(), listed), when.orElse(null), mark.takes() != null)));
    }

    /** A region's CLEAR looks at what says "listed", or one that came before the unlink would be believed. */
    private void unseen(MarkPlace place, ClassWeave.Path path, boolean set) {
        boolean looks = set || proof.target().regions().isEmpty() || listed.stream().noneMatch(field -> place.path().readable(path, List.of(field)).isEmpty());
        if (!looks) {
            proof.refuse(place.method(), place.line(), "a CLEAR of '" + place.spec().carrier() + "' where " + listed.get(0) + " cannot be looked at", "a CLEAR of what is certainly out of the list",
                    "clear in a class that may read it, or give when-clear a final method that asks it");
        }
    }

    /** The collection is on top of the stack where the mark stands, and holds nothing but what was proved of its field. */
    private static boolean holdsAll(MarkPlace place) {
        MethodInsnNode call = (MethodInsnNode) place.code().at(place.call());
        boolean plain = place.spec().carrier().steps().size() == 1 && place.spec().carrier().steps().get(0) instanceof CarrierPath.Step.Cast;
        return plain && call.getOpcode() != INVOKESTATIC && call.desc.startsWith("()") && CollectionCalls.isType(call.owner);
    }

    /**
     * A condition as it is written, or empty and a refusal.
     *
     * @param returning descriptor of the method or call whose result may be looked at
     * @param later     an argument is looked at after the method's start
     */
    static Optional<ClassWeave.When> when(Proof proof, Classes.Method method, Condition when, String returning, boolean later) {
        Type[] arguments = Type.getArgumentTypes(method.node().desc);
        boolean returned = when.root() == CarrierPath.Root.RETURNED;
        Type type = returned ? Type.getReturnType(returning) : when.index() < arguments.length ? arguments[when.index()] : Type.VOID_TYPE;
        boolean reference = type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
        int jump = switch (when.is()) {
            case NULL -> reference ? IFNONNULL : 0;
            case NOT_NULL -> reference ? IFNULL : 0;
            case FALSE, ZERO -> intLike(type) ? IFNE : 0;
            case TRUE -> intLike(type) ? IFEQ : 0;
            default -> 0;
        };
        int slot = returned ? 0 : when.index() < arguments.length ? PathRule.argumentSlot(method, when.index()) : 0;
        boolean changes = !returned && later && assigned(method, slot);
        if (jump == 0 || changes) {
            proof.refuse(method, 0, "'when: " + when + "' where " + (type == Type.VOID_TYPE ? "there is no such value" : changes ? "the method assigns it" : "it is a " + type.getClassName()),
                    "a fitting value that stays as it is", "correct the condition");
            return Optional.empty();
        }
        return Optional.of(new ClassWeave.When(returned ? ClassWeave.From.RETURNED : ClassWeave.From.LOCAL, slot, type.getDescriptor(), jump));
    }

    static boolean assigned(Classes.Method method, int slot) {
        for (AbstractInsnNode insn : method.node().instructions) {
            if (insn instanceof VarInsnNode store && store.getOpcode() >= ISTORE && store.getOpcode() <= ASTORE && store.var == slot) {
                return true;
            }
        }
        return false;
    }

    private static boolean intLike(Type type) {
        return type.getSort() >= Type.BOOLEAN && type.getSort() <= Type.INT;
    }
}
