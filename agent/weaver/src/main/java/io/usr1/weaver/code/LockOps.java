package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNCHRONIZED;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.MONITORENTER;
import static org.objectweb.asm.Opcodes.MONITOREXIT;

import java.util.ArrayList;
import java.util.List;

import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.weaver.code.LockOp.Kind;
import io.usr1.weaver.code.LockOp.Mode;
import io.usr1.weaver.code.LockPlaces.Match;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Finds what a method does to one lock of the target. Knows nothing of what is done under it.
 *
 * <p>What may or may not be done to the lock is in {@code unsure}; a release among that is in {@code ops} too, so that a
 * {@link LockFlow} never takes the lock to be held where it may have been given back.
 *
 * @param ops    on that lock, in the order of the code
 * @param unsure on something of the same kind that may or may not be that lock
 */
public record LockOps(List<LockOp> ops, List<LockOp> unsure) {

    public static LockOps find(MethodCode code, LockSpec lock, Classes classes) {
        return new Search(code, lock, classes).find();
    }

    /** The calls that yield the read or the write form of that lock. */
    public static List<AbstractInsnNode> views(MethodCode code, LockSpec lock, Classes classes) {
        LockCalls calls = new LockCalls(lock, classes);
        LockPlaces places = new LockPlaces(code, classes, lock.place());
        List<AbstractInsnNode> views = new ArrayList<>();
        for (int i = 0; i < code.size() && (lock.kind() == LockSpec.Kind.READ_WRITE || lock.kind() == LockSpec.Kind.STAMPED); i++) {
            if (code.reachable(i) && calls.view(code.at(i)) != null && places.match(code.stack(i, 0), i, ((MethodInsnNode) code.at(i)).owner) == Match.YES) {
                views.add(code.at(i));
            }
        }
        return views;
    }

    /** One search; a release through what an acquisition returned needs the acquisitions first. */
    private static final class Search {

        private final MethodCode code;
        private final LockSpec lock;
        private final LockCalls calls;
        private final LockPlaces places;
        private final Mode mode;
        private final List<LockOp> ops = new ArrayList<>();
        private final List<LockOp> unsure = new ArrayList<>();
        private final List<LockOp> others = new ArrayList<>();

        Search(MethodCode code, LockSpec lock, Classes classes) {
            this.code = code;
            this.lock = lock;
            this.calls = new LockCalls(lock, classes);
            this.places = new LockPlaces(code, classes, lock.place());
            this.mode = lock.kind() == LockSpec.Kind.LOCK ? LockMade.mode(lock, classes) : Mode.EXCLUSIVE;
        }

        LockOps find() {
            whole();
            for (int i = 0; i < code.size(); i++) {
                Kind kind = code.reachable(i) ? calls.kind(code.at(i)) : null;
                if (kind != null) {
                    op(i, kind);
                }
            }
            unsure.stream().filter(op -> op.kind() == Kind.RELEASE).forEach(ops::add);
            // Something is given back that nothing here took: under another name it may be what is looked for.
            for (LockOp release : others) {
                if (release.kind() == Kind.RELEASE && others.stream().noneMatch(op -> op.takes() && Sym.same(op.lock(), release.lock()))) {
                    unsure.add(release);
                    ops.add(release);
                }
            }
            return new LockOps(List.copyOf(ops), List.copyOf(unsure));
        }

        private void whole() {
            boolean isStatic = (code.method().access & ACC_STATIC) != 0;
            if (lock.kind() != LockSpec.Kind.MONITOR || (code.method().access & ACC_SYNCHRONIZED) == 0) {
                return;
            }
            Match match = isStatic ? lock.place() instanceof LockPlace.ClassOf && Names.internal(lock.place().owner()).equals(code.owner().name) ? Match.YES : Match.NO
                    : places.match(Sym.THIS, 0, null);
            if (match != Match.NO) {
                (match == Match.YES ? ops : unsure).add(new LockOp(Kind.ACQUIRE, Mode.EXCLUSIVE, null, isStatic ? new Sym.Opaque(1) : Sym.THIS, null));
            }
        }

        private void op(int index, Kind kind) {
            AbstractInsnNode insn = code.at(index);
            MethodInsnNode call = insn instanceof MethodInsnNode method ? method : null;
            int arguments = call == null ? 0 : Type.getArgumentTypes(call.desc).length;
            // Thread.holdsLock has no receiver; what it asks about is its argument.
            Sym object = code.stack(index, call != null && call.getOpcode() == INVOKESTATIC ? 0 : arguments);
            LockOp taken = kind == Kind.RELEASE && lock.kind() == LockSpec.Kind.OWN ? takenBy(object) : null;
            if (taken != null) {
                ops.add(new LockOp(kind, taken.mode(), insn, taken.lock(), object));
                return;
            }
            Sym token = kind == Kind.RELEASE && call != null && call.desc.startsWith("(J") ? code.stack(index, 0) : null;
            Mode here = lock.kind() == LockSpec.Kind.STAMPED && call != null && call.desc.contains("J") ? LockCalls.stampMode(call) : mode;
            AbstractInsnNode viewed = object instanceof Sym.Result result ? result.at() : null;
            Mode view = viewed == null ? null : calls.view(viewed);
            boolean throughView = lock.kind() == LockSpec.Kind.READ_WRITE || lock.kind() == LockSpec.Kind.STAMPED && call != null && !calls.is(call.owner, "StampedLock");
            if (throughView && view != null) {
                add(new LockOp(kind, view, insn, code.stack(code.index(viewed), 0), null), index, ((MethodInsnNode) viewed).owner);
            } else if (throughView) {
                // A lock that came from elsewhere: the view of some read-write lock, or none.
                (object instanceof Sym.Opaque ? unsure : others).add(new LockOp(kind, here, insn, object, token));
            } else {
                boolean monitor = insn.getOpcode() == MONITORENTER || insn.getOpcode() == MONITOREXIT;
                add(new LockOp(kind, here, insn, object, token), index, monitor || call == null || call.getOpcode() == INVOKESTATIC ? null : call.owner);
            }
        }

        private void add(LockOp op, int index, String known) {
            // Object.wait says nothing of what it is called on but that it is an object.
            switch (places.match(op.lock(), index, "java/lang/Object".equals(known) ? null : known)) {
                case YES -> ops.add(op);
                case UNSURE -> unsure.add(op);
                default -> others.add(op);
            }
        }

        /** The acquisition that returned the object. */
        private LockOp takenBy(Sym object) {
            return object instanceof Sym.Result result
                    ? ops.stream().filter(op -> op.takes() && op.at() == result.at()).findFirst().orElse(null) : null;
        }
    }
}
