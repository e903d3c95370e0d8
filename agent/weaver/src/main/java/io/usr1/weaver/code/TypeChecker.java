package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

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
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** One method from its first instruction to its last, as the JVM's type checker goes: what a stack map frame says holds from there on. */
final class TypeChecker {

    private static final Type THROWABLE = Type.getObjectType("java/lang/Throwable");

    private final TypeRules rules;
    private final MethodNode method;
    private final StackMap declared;

    TypeChecker(TypeRules rules, ClassNode host, MethodNode method) throws AnalyzerException {
        this.rules = rules;
        this.method = method;
        this.declared = new StackMap(rules, host, method);
    }

    /** @throws AnalyzerException with what the JVM would refuse */
    void check() throws AnalyzerException {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (!protects(block)) {
                throw fault(null, "an exception handler that protects nothing");
            }
        }
        Frame<BasicValue> now = declared.atEntry();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FrameNode) {
                Frame<BasicValue> frame = declared.at(insn);
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
            toHandlers(insn, now);
            now = step(insn, now);
        }
        if (now != null) {
            throw fault(null, "the code ends without a return");
        }
    }

    /** The frame behind the instruction; null if it never goes on there. */
    private Frame<BasicValue> step(AbstractInsnNode insn, Frame<BasicValue> now) throws AnalyzerException {
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
            to(jump.label, insn, now);
        } else if (insn instanceof TableSwitchInsnNode cases) {
            to(cases.dflt, insn, now);
            for (LabelNode label : cases.labels) {
                to(label, insn, now);
            }
        } else if (insn instanceof LookupSwitchInsnNode cases) {
            to(cases.dflt, insn, now);
            for (LabelNode label : cases.labels) {
                to(label, insn, now);
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
            if (now.getLocal(i) instanceof TypeRules.Unfinished object && object.is(declared.self())) {
                return false;
            }
        }
        return true;
    }

    private void to(LabelNode label, AbstractInsnNode from, Frame<BasicValue> now) throws AnalyzerException {
        Frame<BasicValue> frame = declared.at(label);
        if (frame == null) {
            throw fault(from, "no stack map frame where it jumps");
        }
        fits(from, now, frame);
    }

    private void toHandlers(AbstractInsnNode insn, Frame<BasicValue> now) throws AnalyzerException {
        int index = method.instructions.indexOf(insn);
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (method.instructions.indexOf(block.start) < index && index < method.instructions.indexOf(block.end)) {
                Frame<BasicValue> thrown = new Frame<>(now);
                thrown.clearStack();
                thrown.push(rules.newValue(Type.getObjectType(block.type == null ? THROWABLE.getInternalName() : block.type)));
                to(block.handler, insn, thrown);
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

    private static boolean protects(TryCatchBlockNode block) {
        AbstractInsnNode insn = block.start;
        while (insn != null && insn != block.end && insn.getOpcode() < 0) {
            insn = insn.getNext();
        }
        return insn != null && insn != block.end;
    }

    static AnalyzerException fault(AbstractInsnNode insn, String what) {
        int line = insn == null ? 0 : MethodCode.line(insn);
        return new AnalyzerException(insn, what + (line > 0 ? " (line " + line + ")" : ""));
    }
}
