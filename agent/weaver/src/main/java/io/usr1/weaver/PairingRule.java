package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;

import io.usr1.target.LockSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Uses;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * A method takes a lock and gives it back once on every way, by the same object, and what taking it yields goes nowhere
 * but to the release: so the first region of that lock can be taken out, whatever is done in it.
 *
 * <p>I9, I15 and family E (lock scope).
 */
final class PairingRule {

    private static final String LEAVE = "leave this region locked";

    private final Proof proof;
    private final Classes.Method method;
    private final MethodCode code;
    private final LockSpec lock;

    PairingRule(Proof proof, Classes.Method method, MethodCode code, LockSpec lock) {
        this.proof = proof;
        this.method = method;
        this.code = code;
        this.lock = lock;
    }

    /** The pairing, with at least one acquisition, the first of which is the region's; or empty and refusals. */
    Optional<LockFlow> check() {
        LockOps ops = LockOps.find(code, lock, proof.classes());
        int before = proof.refusals().size();
        for (LockOp op : ops.unsure()) {
            proof.refuse(method, MethodCode.line(op.at()), "a lock operation on one of several objects", "the lock " + lock.place() + " on every way", LEAVE);
        }
        LockFlow flow = new LockFlow(code, ops.ops());
        for (LockOp op : ops.ops()) {
            String found = unfollowed(op);
            if (found != null) {
                proof.refuse(method, MethodCode.line(op.at()), found + " lock '" + lock.id() + "' other than to take it and give it back",
                        "only these two: a wait that can be ended, a condition or a question about the holder needs the lock", LEAVE);
            }
        }
        for (LockFlow.Fault fault : flow.faults()) {
            proof.refuse(method, MethodCode.line(fault.at()), fault.found(), "lock '" + lock.id() + "' taken and given back once on every way through the method", LEAVE);
        }
        if (flow.acquires().isEmpty()) {
            proof.refuse(method, 0, "no place where lock '" + lock.id() + "' (" + lock.place() + ") is taken", "at least one",
                    "name the method whose own body takes it, or correct the lock's place");
        } else if (method.is(ACC_SYNCHRONIZED) && !flow.acquires().get(0).whole()) {
            proof.refuse(method, 0, "a synchronized method with a region of lock '" + lock.id() + "' in it", "one or the other", LEAVE);
        } else {
            yieldedGoesToRelease(flow, flow.acquires().get(0));
        }
        return proof.refusals().size() == before ? Optional.of(flow) : Optional.empty();
    }

    private static String unfollowed(LockOp op) {
        return switch (op.kind()) {
            case OTHER -> "a use of";
            case INTERRUPTIBLE -> "an interruptible use of";
            case TIMED_ATTEMPT -> "a timed use of";
            default -> null;
        };
    }

    private void yieldedGoesToRelease(LockFlow flow, LockOp acquire) {
        if (acquire.whole()) {
            return;
        }
        List<AbstractInsnNode> releases = flow.releases(acquire).stream().map(LockOp::at).toList();
        try {
            for (AbstractInsnNode use : Uses.in(method.owner(), method.node()).of(acquire.at())) {
                int opcode = use.getOpcode();
                boolean asks = acquire.attempts() ? opcode == IFEQ || opcode == IFNE : opcode == IFNULL || opcode == IFNONNULL;
                if (!releases.contains(use) && !asks) {
                    proof.refuse(method, MethodCode.line(use), "a use of what taking lock '" + lock.id() + "' yielded, other than to give it back",
                            acquire.attempts() ? "an 'if' that asks whether it was taken" : "it handed to the release, and to nothing else", LEAVE);
                }
            }
        } catch (AnalyzerException unreadable) {
            throw new IllegalStateException(unreadable); // The same code was followed before.
        }
    }
}
