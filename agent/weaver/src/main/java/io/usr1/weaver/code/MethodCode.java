package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** One method, analysed: the symbolic values before each instruction and the edges out of it. Instructions by index. */
public final class MethodCode {

    private final Classes classes;
    private final ClassNode owner;
    private final MethodNode method;
    private final List<List<Integer>> next;
    private final Frame<Sym>[] frames;
    private final Analyzer<Sym> analyzer;
    private Origins origins;

    private MethodCode(Classes classes, ClassNode owner, MethodNode method) throws AnalyzerException {
        this.owner = owner;
        this.method = method;
        this.next = new ArrayList<>();
        for (int i = 0; i < method.instructions.size(); i++) {
            next.add(new ArrayList<>(2));
        }
        this.classes = classes;
        this.analyzer = new Analyzer<>(new SymInterpreter(classes, initialised(method), method.desc)) {
            @Override protected void newControlFlowEdge(int from, int to) {
                if (!next.get(from).contains(to)) {
                    next.get(from).add(to);
                }
            }
        };
        // Frames are sized by the class file's maxima, which a changed body may exceed by what was pushed instead of a read.
        int stack = method.maxStack;
        method.maxStack = stack + 2;
        try {
            this.frames = analyzer.analyze(owner.name, method);
        } finally {
            method.maxStack = stack;
        }
    }

    /**
     * For a body that is being changed; what was read is in {@link Classes#code}.
     *
     * @throws AnalyzerException if the code cannot be followed: jsr/ret, or not valid
     */
    public static MethodCode of(Classes classes, ClassNode owner, MethodNode method) throws AnalyzerException {
        return new MethodCode(classes, owner, method);
    }

    /** The fields that a constructor or initialiser writes: there even a final one has two values. */
    private static Set<String> initialised(MethodNode method) {
        Set<String> written = new HashSet<>();
        for (AbstractInsnNode insn : method.name.startsWith("<") ? method.instructions : new InsnList()) {
            if (insn instanceof FieldInsnNode put && (put.getOpcode() == PUTFIELD || put.getOpcode() == PUTSTATIC)) {
                written.add(put.name);
            }
        }
        return written;
    }

    /** Where the values of this code go; worked out once. */
    public Origins origins() throws AnalyzerException {
        if (origins == null) {
            origins = Origins.of(owner, method);
        }
        return origins;
    }

    public ClassNode owner() {
        return owner;
    }

    public MethodNode method() {
        return method;
    }

    public int size() {
        return frames.length;
    }

    public AbstractInsnNode at(int index) {
        return method.instructions.get(index);
    }

    public int index(AbstractInsnNode insn) {
        return method.instructions.indexOf(insn);
    }

    public boolean reachable(int index) {
        return frames[index] != null;
    }

    /** The value {@code depth} below the top of the stack, before the instruction. */
    public Sym stack(int index, int depth) {
        Frame<Sym> frame = frames[index];
        return frame.getStack(frame.getStackSize() - 1 - depth);
    }

    public Sym local(int index, int slot) {
        return frames[index].getLocal(slot);
    }

    /** Where the instruction goes if it does not throw. */
    public List<Integer> next(int index) {
        return next.get(index);
    }

    /** The handlers that the instruction's exceptions may reach, first match first. */
    public List<TryCatchBlockNode> handlers(int index) {
        List<TryCatchBlockNode> handlers = analyzer.getHandlers(index);
        return handlers == null ? List.of() : handlers;
    }

    /** True if that handler takes whatever is thrown. */
    public static boolean catchesAll(TryCatchBlockNode handler) {
        return handler.type == null || handler.type.equals("java/lang/Throwable");
    }

    /** @param notNull objects that are certainly not null here, so reading their fields cannot throw */
    public boolean mayThrow(int index, Predicate<Sym> notNull) {
        AbstractInsnNode insn = at(index);
        int opcode = insn.getOpcode();
        if (insn instanceof MethodInsnNode call && call.desc.startsWith("(L") && classes.accessed(call) != null) {
            return !surelyNotNull(stack(index, 0), notNull);
        }
        if (opcode >= INVOKEVIRTUAL && opcode <= MULTIANEWARRAY || opcode >= IALOAD && opcode <= SALOAD || opcode >= IASTORE && opcode <= SASTORE) {
            return true;
        }
        return switch (opcode) {
            case IDIV, LDIV, IREM, LREM, PUTSTATIC, MONITORENTER, MONITOREXIT -> true;
            case LDC -> !(((LdcInsnNode) insn).cst instanceof Number || ((LdcInsnNode) insn).cst instanceof String);
            // A class that runs is initialised or being so by this thread: reading its own static fields throws nothing.
            case GETSTATIC -> !((FieldInsnNode) insn).owner.equals(owner.name);
            case GETFIELD -> !surelyNotNull(stack(index, 0), notNull);
            case PUTFIELD -> !surelyNotNull(stack(index, 1), notNull);
            default -> false;
        };
    }

    /** True if each way from behind one instruction to another, exceptions included, gets past one where {@code gate} holds. */
    boolean everyWay(int from, int to, IntPredicate gate) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(next(from));
        while (!work.isEmpty()) {
            int index = work.pop();
            if (index == to) {
                return false;
            }
            if (!seen.get(index)) {
                seen.set(index);
                // If what stands there throws, it did not do what the gate is about.
                handlers(index).forEach(handler -> work.push(index(handler.handler)));
                if (!gate.test(index)) {
                    work.addAll(next(index));
                }
            }
        }
        return true;
    }

    /** The source line of an instruction, 0 if the class does not say or there is no instruction. */
    public static int line(AbstractInsnNode insn) {
        for (AbstractInsnNode at = insn; at != null; at = at.getPrevious()) {
            if (at instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    /** The method's first source line, 0 if the class does not say. */
    public static int firstLine(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    private static boolean surelyNotNull(Sym value, Predicate<Sym> notNull) {
        return value.equals(Sym.THIS) || value instanceof Sym.Made || notNull.test(value);
    }
}
