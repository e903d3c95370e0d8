package io.usr1.weaver;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.usr1.target.MarkSpec;
import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * No CLEAR of a connection that is taken over runs before the takeover has made it the taker's. One in the takeover stands
 * where that is done on every way; elsewhere, a method that calls both calls the takeover first.
 *
 * <p>I4, I5, I16. A CLEAR that came first would be of what the old owner still wakes: its carrier, or a connection that it
 * still takes for its own.
 */
final class TakenFirst {

    private static final String FIX = "clear where the taker attaches the connection, or refuse this library version";

    private final Proof proof;
    private final List<GuardedField> listed;
    private final Taking taking;
    private final String notYet;
    private final String expected;

    /** @param notYet what is so while the connection is not taken */
    TakenFirst(Proof proof, List<GuardedField> listed, Taking taking, String notYet, String expected) {
        this.proof = proof;
        this.listed = listed;
        this.taking = taking;
        this.notYet = notYet;
        this.expected = expected;
    }

    void check() {
        proof.target().clears().forEach(this::cleared);
    }

    private void cleared(MarkSpec mark) {
        Optional<Classes.Method> host = proof.method(mark.method());
        Optional<MethodCode> code = host.flatMap(proof::code);
        if (code.isEmpty()) {
            return;
        }
        boolean takes = proof.takeovers().stream().anyMatch(takeover -> proof.method(takeover).filter(found -> found.node() == host.get().node()).isPresent());
        if (takes) {
            Unlisting unlisting = new Unlisting(proof, listed, taking);
            Sym taken = unlisting.taken(code.get());
            if (mark.at() != MarkSpec.At.EXIT || taken == null || open(unlisting.of(code.get(), taken).returning())) {
                refuse(host.get(), 0, "a CLEAR in a takeover where " + notYet);
            }
            return;
        }
        for (MethodRef takeover : proof.takeovers()) {
            proof.method(takeover).ifPresent(method -> {
                callers(method, host.get());
                inside(method, host.get());
                further(method, host.get());
            });
        }
    }

    private boolean open(BitSet masks) {
        return masks.stream().anyMatch(mask -> !taking.whole(mask));
    }

    private void callers(Classes.Method takeover, Classes.Method clears) {
        for (Callers.Call call : Callers.of(proof, takeover).orElse(List.of())) {
            Steps steps = Steps.of(call.code(), new CallSteps(proof, call.code(), takeover));
            for (int i = 0; i < call.code().size(); i++) {
                // What the takeover itself calls is looked at there.
                if (call.code().reachable(i) && i != call.index() && proof.calls().reaches(call.code(), i, clears) && steps.before(i).get(0)) {
                    early(call.method(), call.code(), i, clears, "that may come before the takeover");
                }
            }
        }
    }

    private void inside(Classes.Method takeover, Classes.Method clears) {
        proof.code(takeover).ifPresent(code -> {
            Unlisting unlisting = new Unlisting(proof, listed, taking);
            Sym taken = unlisting.taken(code);
            Steps steps = taken == null ? null : unlisting.of(code, taken);
            for (int i = 0; steps != null && i < code.size(); i++) {
                if (code.reachable(i) && proof.calls().reaches(code, i, clears) && open(steps.before(i))) {
                    early(takeover, code, i, clears, "where " + notYet);
                }
            }
        });
    }

    /** Whoever calls the takeover through others handles his own connections as well, so only one that he hands to both counts. */
    private void further(Classes.Method takeover, Classes.Method clears) {
        proof.scope().forEach(type -> type.methods.stream().filter(node -> node.instructions.size() > 0 && node != takeover.node()).forEach(node -> {
            Classes.Method method = new Classes.Method(type, node);
            boolean both = proof.calls().mayReach(method, takeover) && proof.calls().mayReach(method, clears);
            MethodCode code = both ? proof.aside(() -> proof.code(method)).orElse(null) : null;
            int[] takes = code == null ? new int[0] : calls(code, takeover);
            for (int early : takes.length == 0 ? takes : calls(code, clears)) {
                BitSet after = Ways.after(code, early);
                if (IntStream.of(takes).anyMatch(take -> take != early && after.get(take) && share(code, early, take))) {
                    early(method, code, early, clears, "that may come before the takeover");
                }
            }
        }));
    }

    private int[] calls(MethodCode code, Classes.Method wanted) {
        return IntStream.range(0, code.size()).filter(i -> code.reachable(i) && proof.calls().reaches(code, i, wanted)).toArray();
    }

    private static boolean share(MethodCode code, int one, int other) {
        return handed(code, one).stream().anyMatch(value -> handed(code, other).stream().anyMatch(same -> Sym.same(value, same) && !value.equals(Sym.THIS)
                && !(value instanceof Sym.Constant)));
    }

    private static List<Sym> handed(MethodCode code, int index) {
        MethodInsnNode call = (MethodInsnNode) code.at(index);
        int count = Type.getArgumentTypes(call.desc).length + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
        return IntStream.range(0, count).mapToObj(depth -> code.stack(index, depth)).toList();
    }

    private void early(Classes.Method where, MethodCode code, int index, Classes.Method clears, String why) {
        refuse(where, MethodCode.line(code.at(index)), "a call of " + Names.method(clears.owner(), clears.node()) + ", which clears, " + why);
    }

    private void refuse(Classes.Method where, int line, String found) {
        proof.refuse(where, line, found, expected, FIX);
    }
}
