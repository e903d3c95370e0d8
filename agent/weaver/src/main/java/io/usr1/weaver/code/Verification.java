package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * What the JVM's verifier will say of woven code, before the JVM is given it: of a class that was refused there is no way
 * back, each use of it throws a VerifyError in the application.
 *
 * <p>Type checking by stack map frames as JVMS 4.10.1 has it, one pass over each method, the frame at each jump's target
 * compared with what comes there. That is where a weaver errs, because it writes frames itself; ASM's own verifiers do not look
 * at them. Class files before Java 7 are inferred, as the JVM does or may do. Only methods that differ from those before are
 * looked at: the compiler answers for the others. Access to members is not checked here; it fails when the instruction runs.
 */
public final class Verification {

    private static final Type THROWABLE = Type.getObjectType("java/lang/Throwable");

    private final TypeRules rules;
    private final ClassNode host;
    private final MethodNode method;
    private final Object self = new Object();

    private Verification(TypeRules rules, ClassNode host, MethodNode method) {
        this.rules = rules;
        this.host = host;
        this.method = method;
    }

    /** A method of which the JVM would refuse the class, and what is wrong there. */
    public record Fault(String method, String what) {
    }

    /**
     * @param classes for the classes around it
     * @param before  the class file that was woven
     * @param woven   what it came to
     */
    public static Optional<Fault> of(Classes classes, byte[] before, byte[] woven) {
        ClassNode old = Classes.parse(before);
        ClassNode host;
        try {
            host = Classes.parse(woven);
        } catch (RuntimeException unreadable) {
            return Optional.of(new Fault(Names.binary(old.name), "the class file cannot be read (" + unreadable + ")"));
        }
        boolean infer = (host.version & 0xFFFF) < V1_7;
        TypeRules rules = new TypeRules(classes, host, !infer);
        for (MethodNode method : host.methods) {
            if (method.instructions.size() == 0 || SameCode.in(old, method)) {
                continue;
            }
            try {
                if (infer) {
                    new Analyzer<>(rules).analyze(host.name, method);
                } else {
                    new Verification(rules, host, method).check();
                }
            } catch (AnalyzerException | IndexOutOfBoundsException fault) {
                return Optional.of(new Fault(Names.method(host, method), String.valueOf(fault.getMessage()).strip().lines().findFirst().orElse("")));
            }
        }
        return Optional.empty();
    }

    private void check() throws AnalyzerException {
        Map<AbstractInsnNode, Frame<BasicValue>> declared = declared();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (!protects(block)) {
                throw fault(null, "an exception handler that protects nothing");
            }
        }
        Frame<BasicValue> now = atEntry();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FrameNode) {
                Frame<BasicValue> frame = declared.get(insn);
                if (now != null) {
                    fits(insn, now, frame);
                }
                now = new Frame<>(frame);
            }
            if (insn.getOpcode() < 0) {
                continue;
            }
            if (now == null) {
                throw fault(insn, "no stack map frame behind a jump or return");
            }
            toHandlers(insn, now, declared);
            now = step(insn, now, declared);
        }
        if (now != null) {
            throw fault(null, "the code ends without a return");
        }
    }

    /** The frame behind the instruction; null if it never goes on there. */
    private Frame<BasicValue> step(AbstractInsnNode insn, Frame<BasicValue> now, Map<AbstractInsnNode, Frame<BasicValue>> declared) throws AnalyzerException {
        int opcode = insn.getOpcode();
        finish(insn, now);
        if (opcode == ATHROW && !rules.fits(now.getStack(now.getStackSize() - 1), rules.newValue(THROWABLE))) {
            throw fault(insn, "a throw of what is no Throwable");
        }
        if (opcode == RETURN && !whole(now)) {
            throw fault(insn, "a constructor that ends before another was called");
        }
        now.execute(insn, rules);
        if (insn instanceof JumpInsnNode jump) {
            to(jump.label, insn, now, declared);
        } else if (insn instanceof TableSwitchInsnNode cases) {
            to(cases.dflt, insn, now, declared);
            for (LabelNode label : cases.labels) {
                to(label, insn, now, declared);
            }
        } else if (insn instanceof LookupSwitchInsnNode cases) {
            to(cases.dflt, insn, now, declared);
            for (LabelNode label : cases.labels) {
                to(label, insn, now, declared);
            }
        }
        boolean ends = opcode == GOTO || opcode == ATHROW || opcode == TABLESWITCH || opcode == LOOKUPSWITCH || opcode >= IRETURN && opcode <= RETURN;
        return ends ? null : now;
    }

    /** A constructor makes its object whole; the fields of a class's own may be written before. */
    private void finish(AbstractInsnNode insn, Frame<BasicValue> now) {
        int below;
        if (insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
            below = Type.getArgumentTypes(call.desc).length;
        } else if (insn.getOpcode() == PUTFIELD && method.name.equals("<init>")) {
            below = 1;
        } else {
            return;
        }
        int at = now.getStackSize() - 1 - below;
        BasicValue object = now.getStack(at);
        if (!(object instanceof TypeRules.Unfinished)) {
            return;
        }
        BasicValue whole = rules.newValue(object.getType());
        if (insn.getOpcode() == PUTFIELD) {
            now.setStack(at, whole);
            return;
        }
        for (int i = 0; i < now.getStackSize(); i++) {
            if (now.getStack(i).equals(object)) {
                now.setStack(i, whole);
            }
        }
        for (int i = 0; i < now.getLocals(); i++) {
            if (now.getLocal(i).equals(object)) {
                now.setLocal(i, whole);
            }
        }
    }

    private boolean whole(Frame<BasicValue> now) {
        for (int i = 0; i < now.getLocals(); i++) {
            if (now.getLocal(i) instanceof TypeRules.Unfinished object && object.is(self)) {
                return false;
            }
        }
        return true;
    }

    private void to(LabelNode label, AbstractInsnNode from, Frame<BasicValue> now, Map<AbstractInsnNode, Frame<BasicValue>> declared) throws AnalyzerException {
        Frame<BasicValue> frame = declared.get(label);
        if (frame == null) {
            throw fault(from, "no stack map frame where it jumps");
        }
        fits(from, now, frame);
    }

    private void toHandlers(AbstractInsnNode insn, Frame<BasicValue> now, Map<AbstractInsnNode, Frame<BasicValue>> declared) throws AnalyzerException {
        int index = method.instructions.indexOf(insn);
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (method.instructions.indexOf(block.start) < index && index < method.instructions.indexOf(block.end)) {
                Frame<BasicValue> thrown = new Frame<>(now);
                thrown.clearStack();
                thrown.push(rules.newValue(Type.getObjectType(block.type == null ? THROWABLE.getInternalName() : block.type)));
                to(block.handler, insn, thrown, declared);
            }
        }
    }

    private void fits(AbstractInsnNode at, Frame<BasicValue> found, Frame<BasicValue> expected) throws AnalyzerException {
        if (found.getStackSize() != expected.getStackSize()) {
            throw fault(at, "a stack of " + found.getStackSize() + " where the stack map frame says " + expected.getStackSize());
        }
        for (int i = 0; i < found.getStackSize(); i++) {
            if (!rules.fits(found.getStack(i), expected.getStack(i))) {
                throw fault(at, found.getStack(i) + " on the stack where the stack map frame says " + expected.getStack(i));
            }
        }
        for (int i = 0; i < found.getLocals(); i++) {
            if (!rules.fits(found.getLocal(i), expected.getLocal(i))) {
                throw fault(at, found.getLocal(i) + " in local variable " + i + " where the stack map frame says " + expected.getLocal(i));
            }
        }
    }

    private Frame<BasicValue> atEntry() {
        Frame<BasicValue> frame = empty();
        int slot = 0;
        if ((method.access & ACC_STATIC) == 0) {
            Type type = Type.getObjectType(host.name);
            frame.setLocal(slot++, method.name.equals("<init>") ? new TypeRules.Unfinished(type, self) : rules.newValue(type));
        }
        for (Type type : Type.getArgumentTypes(method.desc)) {
            frame.setLocal(slot, rules.newValue(type));
            slot += type.getSize();
        }
        frame.setReturn(rules.newReturnTypeValue(Type.getReturnType(method.desc)));
        return frame;
    }

    private Frame<BasicValue> empty() {
        Frame<BasicValue> frame = new Frame<>(method.maxLocals, method.maxStack);
        for (int i = 0; i < method.maxLocals; i++) {
            frame.setLocal(i, BasicValue.UNINITIALIZED_VALUE);
        }
        return frame;
    }

    /** The stack map frames, by themselves and by the labels where they stand. */
    private Map<AbstractInsnNode, Frame<BasicValue>> declared() throws AnalyzerException {
        Map<AbstractInsnNode, Frame<BasicValue>> declared = new HashMap<>();
        Frame<BasicValue> frame = null;
        for (AbstractInsnNode insn = method.instructions.getLast(); insn != null; insn = insn.getPrevious()) {
            if (insn instanceof FrameNode node) {
                frame = of(node);
            } else if (insn.getOpcode() >= 0) {
                frame = null;
            }
            if (frame != null) {
                declared.put(insn, frame);
            }
        }
        return declared;
    }

    private Frame<BasicValue> of(FrameNode node) throws AnalyzerException {
        Frame<BasicValue> frame = empty();
        frame.setReturn(rules.newReturnTypeValue(Type.getReturnType(method.desc)));
        int slot = 0;
        for (Object local : node.local == null ? List.of() : node.local) {
            BasicValue value = value(local, node);
            frame.setLocal(slot, value);
            slot += value.getSize();
        }
        for (Object pushed : node.stack == null ? List.of() : node.stack) {
            frame.push(value(pushed, node));
        }
        return frame;
    }

    private BasicValue value(Object type, FrameNode at) throws AnalyzerException {
        if (type instanceof String name) {
            return rules.newValue(Type.getObjectType(name));
        }
        if (type instanceof LabelNode made) {
            AbstractInsnNode insn = made;
            while (insn != null && insn.getOpcode() < 0) {
                insn = insn.getNext();
            }
            if (insn == null || insn.getOpcode() != NEW) {
                throw fault(at, "a stack map frame that names a new object which nothing makes");
            }
            return rules.newOperation(insn);
        }
        if (type.equals(UNINITIALIZED_THIS)) {
            return new TypeRules.Unfinished(Type.getObjectType(host.name), self);
        }
        if (type.equals(NULL)) {
            return rules.newValue(Type.getObjectType("null"));
        }
        return type.equals(INTEGER) ? BasicValue.INT_VALUE : type.equals(LONG) ? BasicValue.LONG_VALUE : type.equals(FLOAT) ? BasicValue.FLOAT_VALUE
                : type.equals(DOUBLE) ? BasicValue.DOUBLE_VALUE : BasicValue.UNINITIALIZED_VALUE;
    }

    private static boolean protects(TryCatchBlockNode block) {
        AbstractInsnNode insn = block.start;
        while (insn != null && insn != block.end && insn.getOpcode() < 0) {
            insn = insn.getNext();
        }
        return insn != null && insn != block.end;
    }

    private static AnalyzerException fault(AbstractInsnNode insn, String what) {
        int line = insn == null ? 0 : MethodCode.line(insn);
        return new AnalyzerException(insn, what + (line > 0 ? " (line " + line + ")" : ""));
    }
}
