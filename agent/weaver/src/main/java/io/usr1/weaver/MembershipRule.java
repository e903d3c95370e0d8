package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.FieldRef;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.CollectionCalls.Effect;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Handles;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * A collection of the JDK holds no carrier whose flag is clear; or, where a clear flag means "in it", every such carrier.
 * Every use of the collection in the classes read is looked at, and one that is not plainly known is refused: what got
 * away from here could be inserted into, or removed from, anywhere.
 *
 * <p>I1 and I2, bug A4, family D: the collection is the one that the locked body itself asks.
 */
final class MembershipRule {

    private static final Set<String> QUESTIONS = Set.of("contains", "containsKey", "containsValue", "get", "remove", "removeFirstOccurrence",
            "removeLastOccurrence", "removeElement");

    private final Proof proof;
    private final Covered covered;
    private final WhenClear.Asked line;
    private final boolean keys;
    private final boolean in;
    /** A SET relies on it that the collections lock themselves. */
    private final boolean locking;
    private final Evidence.Members members;
    /** The field holds a map, and the collections are its values. */
    private boolean inMap;

    MembershipRule(Proof proof, Covered covered, WhenClear.Asked line) {
        this.proof = proof;
        this.covered = covered;
        this.line = line;
        this.keys = !line.method().name().equals("containsValue");
        this.in = line.known() == Known.TRUE || line.known() == Known.NOT_NULL;
        this.locking = TakesRule.reliesOn(proof.target(), line.on());
        this.members = new Evidence.Members(line, in);
    }

    /** The evidence, or empty and a refusal. */
    Optional<Evidence.Members> check() {
        int before = proof.refusals().size();
        Optional<GuardedField> field = KnownCollection.of(proof, line.on());
        if (field.isEmpty() || !question()) {
            return Optional.empty();
        }
        String type = proof.classes().field(Names.internal(line.on().owner()), line.on().name()).map(found -> Type.getType(found.node().desc).getInternalName()).orElseThrow();
        inMap = CollectionCalls.isMap(type) && !CollectionCalls.isMap(Names.internal(line.method().owner()));
        proof.guard(field.get());
        if (locking && !inMap) {
            proof.guard(KnownCollection.lockingItself(field.get()));
        }
        proof.watch(line.on());
        for (ClassNode owner : proof.scope()) {
            owner.methods.forEach(method -> uses(new Classes.Method(owner, method)));
        }
        if (!type.endsWith("Set") && (!CollectionCalls.isMap(type) || inMap) && !in) {
            proof.note("that a connection is in " + line.on() + " at most once at a time is taken from the target");
        }
        return proof.refusals().size() == before ? Optional.of(members) : Optional.empty();
    }

    private boolean question() {
        boolean removes = line.method().name().startsWith("remove");
        boolean fits = QUESTIONS.contains(line.method().name()) && line.known() != Known.ZERO && line.known() != Known.NOT_CARRIER && !(removes && in);
        if (!fits) {
            refuse(line.toString(), 0, "a question that a flag cannot answer", "contains, containsKey, containsValue, get, or a removal that is false or null");
        }
        String carrier = Names.internal(proof.target().carrier().type());
        boolean identity = proof.classes().method(carrier, "equals", "(Ljava/lang/Object;)Z").filter(method -> method.owner().name.equals("java/lang/Object")).isPresent()
                && proof.classes().method(carrier, "hashCode", "()I").filter(method -> method.owner().name.equals("java/lang/Object")).isPresent();
        if (!identity) {
            refuse(Names.binary(carrier), 0, "a carrier with an equals or hashCode of its own", "one that only equals itself");
        }
        if (in && proof.target().carrier().bornClear()) {
            refuse(line.toString(), 0, "'new: not-idle' where a clear flag means 'in the collection'", "carriers that lock until they are cleared once");
        }
        return fits && identity;
    }

    private void uses(Classes.Method method) {
        Set<AbstractInsnNode> collections = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<AbstractInsnNode> maps = Collections.newSetFromMap(new IdentityHashMap<>());
        for (AbstractInsnNode insn : method.node().instructions) {
            if (reads(insn)) {
                (inMap ? maps : collections).add(insn);
            }
        }
        boolean writes = false;
        for (AbstractInsnNode insn : method.node().instructions) {
            if (handles(proof.classes(), insn, line.on())) {
                refuse(Names.method(method.owner(), method.node()), MethodCode.line(insn), "the collection in " + line.on() + " used by a method handle or VarHandle",
                        "only questions, inserts and removals of it, all in view");
            }
            writes |= insn instanceof FieldInsnNode put && isField(put) && (put.getOpcode() == PUTFIELD || put.getOpcode() == PUTSTATIC);
        }
        if (collections.isEmpty() && maps.isEmpty() && !writes) {
            return;
        }
        proof.rely(method.owner());
        Optional<MethodCode> code = proof.code(method);
        if (code.isPresent()) {
            try {
                new Body(method, code.get(), code.get().origins(), collections, maps).follow();
            } catch (AnalyzerException unreadable) {
                refuse(Names.method(method.owner(), method.node()), 0, "code that cannot be followed", "code that can");
            }
        }
    }

    /** What a record's own {@code equals} reads is compared and goes nowhere. */
    static boolean handles(Classes classes, AbstractInsnNode insn, FieldRef field) {
        boolean compares = insn instanceof InvokeDynamicInsnNode dynamic && dynamic.bsm.getOwner().equals("java/lang/runtime/ObjectMethods");
        return !compares && (Handles.varHandle(insn, field.name()) || Handles.any(insn, handle -> handle.getTag() <= H_PUTSTATIC
                && handle.getName().equals(field.name()) && classes.field(handle.getOwner(), handle.getName()).filter(found -> Names.is(field, found)).isPresent()));
    }

    private boolean reads(AbstractInsnNode insn) {
        if (insn instanceof MethodInsnNode call) {
            FieldInsnNode read = proof.classes().accessed(call);
            return read != null && isField(read);
        }
        return insn instanceof FieldInsnNode read && (read.getOpcode() == GETFIELD || read.getOpcode() == GETSTATIC) && isField(read);
    }

    private boolean isField(FieldInsnNode insn) {
        return insn.name.equals(line.on().name()) && proof.classes().field(insn.owner, insn.name)
                .filter(found -> found.owner().name.equals(Names.internal(line.on().owner()))).isPresent();
    }

    private void refuse(String where, int lineNumber, String found, String expected) {
        proof.refuse(where, lineNumber, found, expected, "refuse this library version");
    }

    /** One method: what it reads from the field is followed to every use. */
    private final class Body {

        private final Classes.Method method;
        private final MethodCode code;
        private final Origins origins;
        private final Set<AbstractInsnNode> collections;
        private final Set<AbstractInsnNode> maps;
        private final Deque<AbstractInsnNode> work = new ArrayDeque<>();

        Body(Classes.Method method, MethodCode code, Origins origins, Set<AbstractInsnNode> collections, Set<AbstractInsnNode> maps) {
            this.method = method;
            this.code = code;
            this.origins = origins;
            this.collections = collections;
            this.maps = maps;
        }

        void follow() {
            work.addAll(collections);
            work.addAll(maps);
            for (AbstractInsnNode insn : method.node().instructions) {
                if (insn instanceof FieldInsnNode put && isField(put) && (put.getOpcode() == PUTFIELD || put.getOpcode() == PUTSTATIC) && code.reachable(code.index(put))) {
                    origins.made(put, 0).forEach(made -> track(made, inMap ? maps : collections));
                }
            }
            while (!work.isEmpty()) {
                AbstractInsnNode made = work.pop();
                origins.uses(made).forEach(use -> use(made, use, maps.contains(made)));
            }
        }

        private void track(AbstractInsnNode made, Set<AbstractInsnNode> as) {
            if (made != null && as.add(made)) {
                work.add(made);
            }
        }

        private void use(AbstractInsnNode made, Origins.Use use, boolean map) {
            AbstractInsnNode at = use.at();
            if (at instanceof MethodInsnNode call) {
                boolean receiver = use.operand() == 0 && call.getOpcode() != INVOKESTATIC;
                if (receiver && call.name.equals("<init>") || proof.classes().accessed(call) != null) {
                    return;
                }
                if (!receiver) {
                    passed(call, map, use.operand());
                } else if (map) {
                    onMap(call);
                } else {
                    onCollection(call);
                }
                return;
            }
            boolean harmless = switch (at.getOpcode()) {
                case MONITORENTER, MONITOREXIT, IFNULL, IFNONNULL, IF_ACMPEQ, IF_ACMPNE, INSTANCEOF -> true;
                case PUTFIELD, PUTSTATIC -> isField((FieldInsnNode) at);
                case ARETURN -> proof.classes().accessor(method) != null || new GuardRule(proof).handsOut(method);
                case INVOKEDYNAMIC -> ((InvokeDynamicInsnNode) at).bsm.getOwner().equals("java/lang/invoke/StringConcatFactory");
                default -> false;
            };
            if (!harmless) {
                fault(at, (at.getOpcode() == ARETURN ? "returned" : at.getOpcode() == INVOKEDYNAMIC ? "captured" : "stored elsewhere"));
            }
        }

        private void passed(MethodInsnNode call, boolean map, int operand) {
            if (CollectionCalls.wraps(call)) {
                track(call, map ? maps : collections);
            } else if (inMap && !map && CollectionCalls.isMap(call.owner) && operand == 2 && isMapOfField(call)) {
                return; // A new list goes into the map.
            } else if (!CollectionCalls.copies(call)) {
                fault(call, "passed to " + Names.binary(call.owner) + "." + call.name);
            }
        }

        private boolean isMapOfField(MethodInsnNode call) {
            return KnownCollection.isRead(proof, line.on(), code.stack(code.index(call), Type.getArgumentTypes(call.desc).length));
        }

        private void onMap(MethodInsnNode call) {
            int arguments = Type.getArgumentTypes(call.desc).length;
            switch (call.name) {
                case "get", "remove" -> track(call, collections);
                case "put", "putIfAbsent" -> {
                    track(call, collections);
                    for (AbstractInsnNode value : origins.made(call, arguments - 2)) {
                        if (locking ? locksItself(value) : fresh(value)) {
                            track(value, collections);
                            wrapped(value);
                        } else {
                            fault(call, locking ? "given a collection that Collections.synchronizedList or its like did not make there" : "given a collection that was made elsewhere");
                        }
                    }
                }
                case "containsKey", "isEmpty", "size", "clear", "toString", "hashCode" -> {
                    return;
                }
                default -> fault(call, "used by " + call.name + ", which the proof does not know");
            }
        }

        private boolean fresh(AbstractInsnNode value) {
            return value != null && (value.getOpcode() == NEW && CollectionCalls.isMade(((TypeInsnNode) value).desc)
                    || value instanceof MethodInsnNode wrap && CollectionCalls.wraps(wrap) || collections.contains(value));
        }

        /** What a map holds was put there, and so was such a collection; the one that it is around is tracked as well, but locks nothing. */
        private boolean locksItself(AbstractInsnNode value) {
            return value instanceof MethodInsnNode call && (CollectionCalls.locksItself(call) || CollectionCalls.isMap(call.owner) && collections.contains(value));
        }

        /** The collection inside a synchronized one is the same collection. */
        private void wrapped(AbstractInsnNode value) {
            if (value instanceof MethodInsnNode wrap) {
                origins.made(wrap, 0).forEach(inner -> track(inner, collections));
            }
        }

        private void onCollection(MethodInsnNode call) {
            Effect effect = CollectionCalls.of(call, keys);
            int index = code.index(call);
            members.effects().put(call, effect);
            switch (effect.kind()) {
                case ITERATES, VIEWS -> track(call, collections);
                case INSERTS -> {
                    if (!in && !covered.carrier(method, index, element(call, effect)) && !isNull(element(call, effect))) {
                        refuse(where(), MethodCode.line(call), "an insert of " + Names.of(element(call, effect)) + " into " + line.on() + " whose flag was not set before",
                                "a 'set' of that very object at the entry of the method or of those that hand it over, or right before the call");
                    } else if (in && CollectionCalls.isMap(call.owner) && !keys) {
                        fault(call, "given another value for a key, which removes the old one");
                    }
                }
                case REMOVES -> {
                    if (in && !covered.carrier(method, index, element(call, effect))) {
                        refuse(where(), MethodCode.line(call), "a removal of " + Names.of(element(call, effect)) + " from " + line.on() + " whose flag was not set before",
                                "a 'set' of that very object at the entry of the method or of those that hand it over, or right before the call");
                    }
                }
                case TAKES, SWEEPS -> {
                    if (in && !covered.each(method, index)) {
                        fault(call, "emptied by " + call.name + " of connections whose flags were not set before");
                    }
                }
                case UNKNOWN -> fault(call, "used by " + call.name + ", which the proof does not know");
                default -> {
                    return;
                }
            }
        }

        private Sym element(MethodInsnNode call, Effect effect) {
            return code.stack(code.index(call), Type.getArgumentTypes(call.desc).length - 1 - effect.argument());
        }

        private boolean isNull(Sym value) {
            return value instanceof Sym.Constant constant && constant.value() == null;
        }

        private String where() {
            return Names.method(method.owner(), method.node());
        }

        private void fault(AbstractInsnNode at, String how) {
            refuse(where(), MethodCode.line(at), "the collection in " + line.on() + " " + how, "only questions, inserts and removals of it, all in view");
        }
    }
}
