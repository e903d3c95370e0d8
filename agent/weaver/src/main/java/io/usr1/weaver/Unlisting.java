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
import java.util.function.BiPredicate;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What a takeover does on each way through it, and through the methods that it certainly calls: whether it has taken the
 * connection (bit 0), and which of the fields that say "listed" it has made false, 0 or null for that connection (a bit
 * each, from bit 1).
 */
final class Unlisting {

    private static final int TAKEN = 1;
    private static final int DEPTH = 3;

    private final Proof proof;
    private final List<GuardedField> listed;
    private final BiPredicate<MethodCode, Integer> takes;

    /** @param takes whether an instruction is the write with which the connection is taken */
    Unlisting(Proof proof, List<GuardedField> listed, BiPredicate<MethodCode, Integer> takes) {
        this.proof = proof;
        this.listed = List.copyOf(listed);
        this.takes = takes;
    }

    /** Taken, and still listed. */
    boolean open(BitSet masks) {
        return masks.stream().anyMatch(mask -> (mask & TAKEN) != 0 && mask != all());
    }

    /** Unlisted or begun to be, and not taken. */
    boolean lost(BitSet masks) {
        return masks.stream().anyMatch(mask -> (mask & TAKEN) == 0 && mask != 0);
    }

    /** Unlisted on some way. */
    boolean unlists(BitSet masks) {
        return !listed.isEmpty() && masks.stream().anyMatch(mask -> mask > TAKEN);
    }

    /** Not taken on some way. */
    boolean fails(BitSet masks) {
        return masks.stream().anyMatch(mask -> (mask & TAKEN) == 0);
    }

    private int all() {
        return (1 << listed.size() + 1) - 1;
    }

    /** The connection that a takeover takes, as the receiver of its write; null if there is no such write or several. */
    Sym taken(MethodCode code) {
        Sym taken = null;
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && takes.test(code, i)) {
                Sym here = code.stack(i, 1);
                if (taken != null && !Sym.same(taken, here)) {
                    return null;
                }
                taken = here;
            }
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
                int mask = takes.test(code, index) ? TAKEN : 0;
                for (int i = 0; i < listed.size(); i++) {
                    mask |= zeroes(index, listed.get(i)) ? 1 << i + 1 : 0;
                }
                if (mask != 0) {
                    ways.set(mask);
                }
            } else if (insn instanceof MethodInsnNode call && depth > 0) {
                called(index, call).ifPresent(ways::or);
            }
            return ways;
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
            if (call.name.equals("<init>") && call.owner.equals("java/lang/AssertionError") || call.name.equals("desiredAssertionStatus")
                    || call.owner.equals("java/lang/Thread") && call.name.equals("currentThread")) {
                return false;
            }
            Optional<Classes.Method> callee = bound(call);
            if (deep == 0 || callee.isEmpty() || proof.code(callee.get()).isEmpty()) {
                return true;
            }
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
