package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * The layers of a target are layers of one connection, and which of them a connection has never changes once another
 * thread, or a list, can know it.
 *
 * <p>A4 and C3. A SET that finds no layer marks nothing and reports nothing, so a layer that came later would bring a
 * carrier, CLEAR from birth perhaps, to a connection that is listed already. So {@code via} is final, and its constructors
 * do not let the connection out before they have written it: whoever can insert it sees what they wrote.
 */
final class LayersRule {

    private static final String FIX = "correct the layer, or refuse this library version";

    private final Proof proof;
    private final Ownership.ReplacesCarrier ownership;

    LayersRule(Proof proof, Ownership.ReplacesCarrier ownership) {
        this.proof = proof;
        this.ownership = ownership;
    }

    void check() {
        Ownership.Layer first = ownership.layers().get(0);
        for (Ownership.Layer layer : ownership.layers()) {
            if (!related(layer.connection(), first.connection())) {
                proof.refuse(layer.connection(), 0, "layer '" + layer.name() + "' of another class than layer '" + first.name() + "', which is one of " + first.connection(),
                        "layers of one connection", FIX);
            }
            // A wake of the shared class cannot tell which layer's carrier it has, so what it reads must mean the same of both.
            if (proof.carrier(layer).type().equals(proof.carrier(first).type()) && !layer.contextField().equals(first.contextField())) {
                proof.refuse(layer.contextField().toString(), 0, "two context fields in a class that two layers share", "the same, " + first.contextField(), FIX);
            }
            if (layer.via() != null) {
                via(layer);
            }
        }
    }

    private void via(Ownership.Layer layer) {
        Optional<ClassNode> connection = proof.type(layer.via().owner());
        Optional<Classes.Field> found = connection.flatMap(type -> proof.classes().field(type.name, layer.via().name()).filter(field -> field.owner() == type));
        if (connection.isEmpty()) {
            return;
        }
        boolean fits = found.filter(field -> field.is(ACC_FINAL) && !field.is(ACC_STATIC) && leads(field, layer)).isPresent();
        if (!fits) {
            proof.refuse(layer.via().toString(), 0, found.isEmpty() ? "no such field" : found.get().is(ACC_FINAL)
                            ? "a field that is static or does not lead to " + layer.carrierField() : "a field that is not final, so a connection may get its layer '" + layer.name() + "' later",
                    "a final instance field that holds the layer, or null for ever", found.isEmpty() ? "check the name and the library's version" : FIX);
            return;
        }
        proof.guard(new GuardedField(connection.get().name, layer.via().name(), "a constructor's write, because it says whether the connection has layer '" + layer.name() + "'",
                FIX, List.of(write -> write.inConstructorOf(connection.get().name))));
        // The superclasses' constructors are looked at as what these call.
        for (MethodNode method : connection.get().methods) {
            if (method.name.equals("<init>")) {
                letsOut(new Classes.Method(connection.get(), method), layer);
            }
        }
        belongs(connection.get(), layer);
    }

    private boolean leads(Classes.Field via, Ownership.Layer layer) {
        Type type = Type.getType(via.node().desc);
        return type.getSort() == Type.OBJECT && proof.classes().field(type.getInternalName(), layer.carrierField().name())
                .filter(field -> Names.is(layer.carrierField(), field)).isPresent();
    }

    private void letsOut(Classes.Method constructor, Ownership.Layer layer) {
        Optional<MethodCode> code = proof.code(constructor);
        for (Escape.Out out : new Escape(proof).ofThis(constructor)) {
            if (code.isEmpty() || out.at() == null || before(code.get(), code.get().index(out.at()), layer)) {
                proof.refuse(constructor, out.at() == null ? 0 : MethodCode.line(out.at()), "a constructor that may let the connection out (" + out.what() + ")",
                        "one that keeps it until " + layer.via() + " is written, or the connection could be listed before it has its layer '" + layer.name() + "'", FIX);
                return;
            }
            // Another thread that gets it by a data race might still see the field as it was.
            proof.note("That no other thread gets a " + Names.binary(constructor.owner().name) + " out of its constructor by a data race is taken from the target.");
        }
    }

    /** Whether {@code via} may be written after that instruction. */
    private boolean before(MethodCode code, int from, Ownership.Layer layer) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(List.of(from));
        while (!work.isEmpty()) {
            int index = work.pop();
            if (!seen.get(index)) {
                seen.set(index);
                if (code.at(index) instanceof FieldInsnNode put && put.getOpcode() == PUTFIELD && put.name.equals(layer.via().name())) {
                    return true;
                }
                work.addAll(code.next(index));
                code.handlers(index).forEach(handler -> work.add(code.index(handler.handler)));
            }
        }
        return false;
    }

    /** That what a layer's own object takes for its connection is the one that has it. */
    private void belongs(ClassNode connection, Ownership.Layer layer) {
        proof.back(layer).ifPresent(back -> {
            proof.guard(new GuardedField(back.owner().name, back.node().name, "a constructor's write, because it leads from layer '" + layer.name() + "' to its connection",
                    FIX, List.of(write -> write.inConstructorOf(back.owner().name))));
            boolean own = connection.methods.stream().filter(method -> method.name.equals("<init>"))
                    .allMatch(method -> ownLayer(new Classes.Method(connection, method), layer, back));
            if (!own) {
                proof.note("That " + Names.binary(back.owner().name) + "." + back.node().name + " is the connection whose " + layer.via() + " it is, is taken from the target.");
            }
        });
    }

    private boolean ownLayer(Classes.Method constructor, Ownership.Layer layer, Classes.Field back) {
        Optional<MethodCode> code = proof.code(constructor);
        try {
            Origins origins = Origins.of(constructor.owner(), constructor.node());
            for (int i = 0; code.isPresent() && i < code.get().size(); i++) {
                if (code.get().reachable(i) && code.get().at(i) instanceof FieldInsnNode put && put.getOpcode() == PUTFIELD && put.name.equals(layer.via().name())
                        && !origins.made(put, 0).stream().allMatch(made -> made != null && (made.getOpcode() == ACONST_NULL || madeForThis(code.get(), made, back)))) {
                    return false;
                }
            }
            return code.isPresent();
        } catch (AnalyzerException unreadable) {
            return false;
        }
    }

    /** {@code new Layer(..., this, ...)}, whose constructor keeps that argument in the back field. */
    private boolean madeForThis(MethodCode code, AbstractInsnNode made, Classes.Field back) {
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && code.at(i) instanceof MethodInsnNode call && call.name.equals("<init>")) {
                int count = Type.getArgumentTypes(call.desc).length;
                if (code.stack(i, count) instanceof Sym.Made object && object.at() == made) {
                    int index = i;
                    return proof.classes().bound(call).filter(init -> keeps(init, code, index, count, back)).isPresent();
                }
            }
        }
        return false;
    }

    private boolean keeps(Classes.Method init, MethodCode caller, int call, int count, Classes.Field back) {
        proof.rely(init.owner());
        return init.owner() == back.owner() && proof.code(init).filter(code -> {
            boolean kept = false;
            for (int i = 0; i < code.size(); i++) {
                if (code.reachable(i) && code.at(i) instanceof FieldInsnNode put && put.getOpcode() == PUTFIELD && put.name.equals(back.node().name)
                        && put.owner.equals(back.owner().name)) {
                    kept = code.stack(i, 0) instanceof Sym.Argument argument && caller.stack(call, count - 1 - argument.index()).equals(Sym.THIS);
                    if (!kept) {
                        return false;
                    }
                }
            }
            return kept;
        }).isPresent();
    }

    private boolean related(String one, String other) {
        return one.equals(other) || isA(one, other) || isA(other, one);
    }

    private boolean isA(String type, String of) {
        return proof.classes().find(Names.internal(type)).filter(found -> proof.classes().supertypes(found).contains(Names.internal(of))).isPresent();
    }
}
