package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What a takeover does on each way through it, and through the methods that it certainly calls: which of the steps with
 * which it takes the connection, and which of the fields that say "listed" it has made false, 0 or null for that
 * connection (a bit each, behind those of the steps).
 */
final class Unlisting {

    private static final int DEPTH = 3;

    private final Proof proof;
    private final List<GuardedField> listed;
    private final Taking taking;

    Unlisting(Proof proof, List<GuardedField> listed, Taking taking) {
        this.proof = proof;
        this.listed = List.copyOf(listed);
        this.taking = taking;
    }

    /** Taken or begun to be, and not as a whole, or still listed. */
    boolean open(BitSet masks) {
        return masks.stream().anyMatch(mask -> taking.begun(mask) && !(taking.whole(mask) && mask >> taking.steps() == all()));
    }

    /** Unlisted or begun to be, and not taken. */
    boolean lost(BitSet masks) {
        return masks.stream().anyMatch(mask -> !taking.begun(mask) && mask >> taking.steps() != 0);
    }

    /** Unlisted on some way. */
    boolean unlists(BitSet masks) {
        return masks.stream().anyMatch(mask -> mask >> taking.steps() != 0);
    }

    /** Not taken on some way. */
    boolean fails(BitSet masks) {
        return masks.stream().anyMatch(mask -> !taking.begun(mask));
    }

    private int all() {
        return (1 << listed.size()) - 1;
    }

    /** The connection that a takeover takes; null if it takes none, or several. */
    Sym taken(MethodCode code) {
        Sym taken = null;
        for (int i = 0; i < code.size(); i++) {
            Sym here = code.reachable(i) ? taking.taken(code, i) : null;
            if (here != null && taken != null && !Sym.same(taken, here)) {
                return null;
            }
            taken = here == null ? taken : here;
        }
        return taken;
    }

    Steps of(MethodCode code, Sym connection) {
        return of(code, connection, DEPTH, new HashSet<>());
    }

    /** The same in a method on the way to the takeover. @param call the call that leads on, with what it does */
    Steps around(MethodCode code, Sym connection, int call, BitSet does) {
        return Steps.of(code, new Effects(code, connection, DEPTH, new HashSet<>()) {
            @Override public BitSet of(int index) {
                return index == call ? does : super.of(index);
            }
        });
    }

    private Steps of(MethodCode code, Sym connection, int depth, Set<Object> within) {
        return Steps.of(code, new Effects(code, connection, depth, within));
    }

    private class Effects implements Steps.Effect {

        private final MethodCode code;
        private final Sym connection;
        private final int depth;
        private final Set<Object> within;

        Effects(MethodCode code, Sym connection, int depth, Set<Object> within) {
            this.code = code;
            this.connection = connection;
            this.depth = depth;
            this.within = within;
        }

        @Override public BitSet of(int index) {
            AbstractInsnNode insn = code.at(index);
            BitSet ways = new BitSet();
            if (insn.getOpcode() == PUTFIELD) {
                int mask = taking.done(code, index, connection);
                for (int i = 0; i < listed.size(); i++) {
                    mask |= zeroes(index, listed.get(i)) ? 1 << taking.steps() + i : 0;
                }
                if (mask != 0) {
                    ways.set(mask);
                }
            } else if (insn instanceof MethodInsnNode call && depth > 0) {
                called(index, call).ifPresent(ways::or);
            }
            return ways;
        }

        @Override public int along(int from, int to) {
            return taking.along(code, from, to, connection);
        }

        private boolean zeroes(int index, GuardedField field) {
            return field.isWrite(proof.classes(), code.at(index)) && Sym.same(code.stack(index, 1), connection)
                    && new GuardedField.Write(code.owner(), code.method(), code.at(index), code.stack(index, 1), code.stack(index, 0)).writesZero();
        }

        private Optional<BitSet> called(int index, MethodInsnNode call) {
            Optional<Classes.Method> callee = bound(call);
            int count = Type.getArgumentTypes(call.desc).length;
            int receiver = call.getOpcode() == INVOKESTATIC ? 0 : -1;
            for (int argument = receiver; callee.isPresent() && argument < count; argument++) {
                if (Sym.same(code.stack(index, count - 1 - argument), connection) && within.add(callee.get().node())) {
                    Sym inside = new Sym.Argument(argument, 1);
                    Optional<BitSet> does = proof.code(callee.get()).map(body -> Unlisting.this.of(body, inside, depth - 1, within).returning());
                    within.remove(callee.get().node());
                    proof.rely(callee.get().owner());
                    return does;
                }
            }
            return Optional.empty();
        }

        @Override public boolean mayThrow(MethodInsnNode call) {
            return mayThrow(call, DEPTH);
        }

        private boolean mayThrow(MethodInsnNode call, int deep) {
            if (call.name.equals("<init>") && (call.owner.equals("java/lang/AssertionError") || call.owner.equals("java/lang/Object")) || call.name.equals("desiredAssertionStatus")
                    || call.owner.equals("java/lang/Thread") && call.name.equals("currentThread")) {
                return false;
            }
            Optional<Classes.Method> callee = bound(call);
            if (deep == 0 || callee.isEmpty() || proof.code(callee.get()).isEmpty()) {
                return true;
            }
            proof.rely(callee.get().owner());
            MethodCode body = proof.code(callee.get()).get();
            for (int i = 0; i < body.size(); i++) {
                if (body.reachable(i) && (body.at(i) instanceof MethodInsnNode inner && mayThrow(inner, deep - 1)
                        || body.at(i).getOpcode() == ATHROW && !(body.stack(i, 0) instanceof Sym.Made made && made.type().equals("java/lang/AssertionError")))) {
                    return true;
                }
            }
            return false;
        }

        private Optional<Classes.Method> bound(MethodInsnNode call) {
            return call.owner.startsWith("java/") ? Optional.empty()
                    : proof.classes().bound(call).filter(callee -> callee.node().instructions.size() > 0);
        }
    }
}
