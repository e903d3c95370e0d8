package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.target.FieldRef;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * What a takeover does to each layer of a connection: it writes a new carrier (bit 0 of the layer's three) and nulls the
 * old one's context (bit 1), or finds that the connection has no such layer (bit 2).
 *
 * <p>C3: a layer left behind would keep its old handle, which the taker then clears while the old thread still wakes it.
 * That a layer is missing is believed where {@code via} was found null, because a final field stays that; so the look and
 * the writes need not stand together.
 */
record Replacing(Proof proof, Ownership.ReplacesCarrier ownership) implements Taking {

    private static final int REPLACED = 1;
    private static final int NULLED = 2;
    private static final int ABSENT = 4;
    private static final int BITS = 3;

    @Override public int steps() {
        return BITS * ownership.layers().size();
    }

    @Override public boolean begun(int mask) {
        return any(mask, REPLACED | NULLED);
    }

    @Override public boolean whole(int mask) {
        for (int i = 0; i < ownership.layers().size(); i++) {
            int own = own(mask, i);
            if ((own & ABSENT) == 0 && (own & (REPLACED | NULLED)) != (REPLACED | NULLED)) {
                return false;
            }
        }
        return true;
    }

    /** The layer that is not done, a half-done one first; never null where a mask is begun and not whole. */
    Ownership.Layer lacking(int mask) {
        Ownership.Layer lacking = null;
        for (int i = 0; i < ownership.layers().size(); i++) {
            int own = own(mask, i);
            if (own == REPLACED || own == NULLED) {
                return ownership.layers().get(i);
            }
            lacking = own == 0 && lacking == null ? ownership.layers().get(i) : lacking;
        }
        return lacking;
    }

    /** Whether that layer has a new carrier already. */
    boolean replaced(int mask, Ownership.Layer layer) {
        return (own(mask, ownership.layers().indexOf(layer)) & REPLACED) != 0;
    }

    @Override public Sym taken(MethodCode code, int index) {
        for (Ownership.Layer layer : ownership.layers()) {
            if (inTakeover(code) && writes(code, index, layer.carrierField())) {
                Sym holder = code.stack(index, 1);
                return layer.via() == null ? holder : Names.is(layer.via(), holder) ? ((Sym.FieldOf) holder).owner() : new Sym.Opaque(1);
            }
        }
        return null;
    }

    @Override public int done(MethodCode code, int index, Sym connection) {
        int mask = 0;
        for (int i = 0; i < ownership.layers().size() && inTakeover(code); i++) {
            Ownership.Layer layer = ownership.layers().get(i);
            boolean replaces = writes(code, index, layer.carrierField()) && holds(layer, code.stack(index, 1), connection)
                    && isFresh(code, index, Names.internal(proof.carrier(layer).type()));
            boolean nulls = old(code, index, connection).filter(layer::equals).isPresent();
            mask |= (replaces ? REPLACED : 0) << BITS * i | (nulls ? NULLED : 0) << BITS * i;
        }
        return mask;
    }

    @Override public int along(MethodCode code, int from, int to, Sym connection) {
        int opcode = code.at(from).getOpcode();
        if (opcode != IFNULL && opcode != IFNONNULL || code.next(from).size() < 2) {
            return 0;
        }
        boolean isNull = (opcode == IFNULL) == (code.index(((JumpInsnNode) code.at(from)).label) == to);
        int mask = 0;
        for (int i = 0; isNull && i < ownership.layers().size(); i++) {
            Ownership.Layer layer = ownership.layers().get(i);
            mask |= (layer.via() != null && holds(layer, code.stack(from, 0), connection) ? ABSENT : 0) << BITS * i;
        }
        return mask;
    }

    /** The layer whose old carrier's context the instruction nulls: that which the layer's field held when it was read. */
    Optional<Ownership.Layer> old(MethodCode code, int index, Sym connection) {
        return ownership.layers().stream().filter(layer -> writes(code, index, layer.contextField())
                && code.stack(index, 0) instanceof Sym.Constant constant && constant.value() == null
                && !reads(code, index).isEmpty() && reads(code, index).stream().allMatch(read -> reads(code, read, layer, connection))).findFirst();
    }

    /**
     * The instructions one of which read the carrier whose context is written; none if something else may have made it. Null
     * is left out: {@code tls == null ? null : tls.tasklet} yields it where there is no context to write.
     */
    List<AbstractInsnNode> reads(MethodCode code, int index) {
        List<AbstractInsnNode> made = made(code, index, 1);
        return made.contains(null) ? List.of() : made;
    }

    private boolean reads(MethodCode code, AbstractInsnNode read, Ownership.Layer layer, Sym connection) {
        return read instanceof FieldInsnNode get && get.getOpcode() == GETFIELD && code.reachable(code.index(read))
                && proof.classes().field(get.owner, get.name).filter(found -> Names.is(layer.carrierField(), found)).isPresent()
                && holds(layer, code.stack(code.index(read), 0), connection);
    }

    /**
     * Whether the value that is written to a layer's field was made in the takeover. Null may be among what it is: a
     * connection without a carrier is never cleared, and inserting it shuts the gate.
     */
    static boolean isFresh(MethodCode code, int index, String type) {
        List<AbstractInsnNode> made = made(code, index, 0);
        return !made.isEmpty() && made.stream().allMatch(insn -> insn instanceof TypeInsnNode fresh && fresh.getOpcode() == NEW && fresh.desc.equals(type));
    }

    /** What may have made an operand, null constants left out; null in it for something from elsewhere. */
    private static List<AbstractInsnNode> made(MethodCode code, int index, int depth) {
        try {
            List<AbstractInsnNode> made = new ArrayList<>(code.origins().made(code.at(index), depth));
            made.removeIf(insn -> insn != null && insn.getOpcode() == ACONST_NULL);
            return made;
        } catch (AnalyzerException unreadable) {
            return List.of();
        }
    }

    /** Whether the instruction writes that field, of whichever object. */
    boolean writes(MethodCode code, int index, FieldRef field) {
        return code.at(index) instanceof FieldInsnNode put && put.getOpcode() == PUTFIELD
                && proof.classes().field(put.owner, put.name).filter(found -> Names.is(field, found)).isPresent();
    }

    /** Whether a value is the object that holds the layer's carrier in that connection. */
    private static boolean holds(Ownership.Layer layer, Sym value, Sym connection) {
        return layer.via() == null ? Sym.same(value, connection)
                : Names.is(layer.via(), value) && value instanceof Sym.FieldOf via && via.owner() != null && Sym.same(via.owner(), connection);
    }

    private boolean inTakeover(MethodCode code) {
        return Names.matches(ownership.takeover(), code.method().name, code.method().desc)
                && Names.internal(ownership.takeover().owner()).equals(code.owner().name);
    }

    private boolean any(int mask, int bits) {
        for (int i = 0; i < ownership.layers().size(); i++) {
            if ((own(mask, i) & bits) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int own(int mask, int layer) {
        return mask >> BITS * layer & (1 << BITS) - 1;
    }
}
