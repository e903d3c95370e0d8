package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Times acquisitions in a body that keeps its locks. What the body does stays as it is; the calls put in never throw.
 *
 * <p>Each token is in a local of its own, null from the start of the method and null again once handed back: where two
 * acquisitions share a release, each token is handed back once.
 */
final class TimedBody {

    private static final String LOCK = "Ljava/util/concurrent/locks/Lock;";
    private static final String TOKEN = "(Ljava/lang/Object;)V";

    private final String host;
    private final MethodNode method;
    private final InsnList insns;
    private final Map<Integer, AbstractInsnNode> numbered;

    private TimedBody(String host, MethodNode method, Map<Integer, AbstractInsnNode> numbered) {
        this.host = host;
        this.method = method;
        this.insns = method.instructions;
        this.numbered = numbered;
    }

    /** The instructions by the numbers that decided records use. To be taken before anything is changed. */
    static Map<Integer, AbstractInsnNode> number(MethodNode method) {
        Map<Integer, AbstractInsnNode> numbered = new HashMap<>();
        for (AbstractInsnNode insn : method.instructions) {
            numbered.put(numbered.size(), insn);
        }
        return numbered;
    }

    static void weave(String host, MethodNode method, Map<Integer, AbstractInsnNode> numbered, List<ClassWeave.Timing> timings) {
        // A synchronized method is not timed in its body, see SynchronizedBody.
        new TimedBody(host, method, numbered).weave(timings.stream().filter(timing -> timing.form() != ClassWeave.Form.METHOD).toList());
    }

    private void weave(List<ClassWeave.Timing> timings) {
        int tokens = (int) timings.stream().filter(timing -> !timing.releases().isEmpty()).count();
        int token = Frames.reserve(method, tokens);
        int scratch = token + tokens;
        Snippet start = new Snippet();
        for (int i = 0; i < tokens; i++) {
            start.op(ACONST_NULL).var(ASTORE, token + i);
        }
        Map<AbstractInsnNode, Snippet> afterReleases = new IdentityHashMap<>();
        for (ClassWeave.Timing timing : timings) {
            boolean paired = !timing.releases().isEmpty();
            acquire(numbered.get(timing.at()), timing, paired ? token : -1, scratch);
            if (paired) {
                for (int release : timing.releases()) {
                    afterReleases.computeIfAbsent(numbered.get(release), at -> new Snippet())
                            .var(ALOAD, token).op(ACONST_NULL).var(ASTORE, token).runtime("Locks", "released", TOKEN);
                }
                token++;
            }
        }
        afterReleases.forEach((at, code) -> behindRelease(at, code.list()));
        method.instructions.insert(start.list());
        method.maxLocals += 3;
    }

    private void acquire(AbstractInsnNode at, ClassWeave.Timing timing, int token, int scratch) {
        int lock = scratch;
        int clock = scratch + 1;
        switch (timing.form()) {
            case REENTRANT, LOCK, INTERRUPTIBLY -> {
                String type = timing.form() == ClassWeave.Form.REENTRANT ? "Ljava/util/concurrent/locks/ReentrantLock;" : LOCK;
                insns.insertBefore(at, new Snippet().site(host, timing.site())
                        .runtime("Locks", timing.form() == ClassWeave.Form.INTERRUPTIBLY ? "lockInterruptibly" : "lock", "(" + type + Snippet.SITE + ")" + Snippet.OBJECT).list());
                insns.insertBefore(at, keep(token).list());
                insns.remove(at);
            }
            case TRY_LOCK, TIMED_TRY -> {
                String waits = timing.form() == ClassWeave.Form.TIMED_TRY ? "JLjava/util/concurrent/TimeUnit;" : "";
                insns.insertBefore(at, new Snippet().site(host, timing.site())
                        .runtime("Locks", "tryLock", "(" + LOCK + waits + Snippet.SITE + ")Z").list());
                insns.remove(at);
            }
            case TRY_OWN -> {
                insns.insertBefore(at, new Snippet().op(DUP).var(ASTORE, lock).list());
                insns.insert(at, new Snippet().op(DUP).var(ALOAD, lock).site(host, timing.site())
                        .runtime("Locks", "tried", "(Z" + Snippet.OBJECT + Snippet.SITE + ")V").list());
            }
            case OWN, MONITOR -> {
                insns.insertBefore(at, new Snippet().op(DUP).var(ASTORE, lock).site(host, timing.site())
                        .runtime("Locks", "before", "(" + Snippet.SITE + ")J").var(LSTORE, clock).list());
                Snippet entered = new Snippet().var(ALOAD, lock).var(LLOAD, clock).site(host, timing.site())
                        .runtime("Locks", "entered", "(" + Snippet.OBJECT + "J" + Snippet.SITE + ")" + Snippet.OBJECT);
                entered.list().add(keep(token).list());
                if (at instanceof MethodInsnNode) {
                    insns.insert(at, entered.list());
                } else {
                    insideMonitor(at, entered.list());
                }
            }
            default -> throw new IllegalArgumentException(timing.toString());
        }
    }

    /** The token goes into its local, or, where the release is somewhere else, is handed back at once. */
    private static Snippet keep(int token) {
        return token < 0 ? new Snippet().runtime("Locks", "keepsHolding", TOKEN) : new Snippet().var(ASTORE, token);
    }

    /**
     * Puts code behind a monitorenter, where the compiler's handler that exits the monitor already protects it: the
     * protected range is made to start before the code. Were it outside, an exception in it would leave the monitor
     * entered, and HotSpot's compilers refuse methods in which that is possible.
     */
    private void insideMonitor(AbstractInsnNode enter, InsnList code) {
        LabelNode start = new LabelNode();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type == null && follows(enter, block.start)) {
                block.start = start;
            }
        }
        code.insert(start);
        insns.insert(enter, code);
    }

    /** Puts code behind a release, outside the range whose handler would release once more. */
    private void behindRelease(AbstractInsnNode release, InsnList code) {
        LabelNode end = new LabelNode();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type == null && follows(release, block.end)) {
                block.end = end;
            }
        }
        code.insert(end);
        insns.insert(release, code);
    }

    /** True if no instruction stands between them. */
    private static boolean follows(AbstractInsnNode insn, LabelNode label) {
        for (AbstractInsnNode at = insn.getNext(); at != null && at.getOpcode() < 0; at = at.getNext()) {
            if (at == label) {
                return true;
            }
        }
        return false;
    }
}
