package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** What a method's stack map frames say, as values that {@link TypeRules} knows. */
final class StackMap {

    private final TypeRules rules;
    private final ClassNode host;
    private final MethodNode method;
    private final Object self = new Object();
    private final Map<AbstractInsnNode, Frame<BasicValue>> frames = new HashMap<>();

    StackMap(TypeRules rules, ClassNode host, MethodNode method) throws AnalyzerException {
        this.rules = rules;
        this.host = host;
        this.method = method;
        Frame<BasicValue> frame = null;
        for (AbstractInsnNode insn = method.instructions.getLast(); insn != null; insn = insn.getPrevious()) {
            if (insn instanceof FrameNode node) {
                frame = of(node);
            } else if (insn.getOpcode() >= 0) {
                frame = null;
            }
            if (frame != null) {
                frames.put(insn, frame);
            }
        }
    }

    /** The frame that stands there, at the frame itself or at a label before it; null if there is none. */
    Frame<BasicValue> at(AbstractInsnNode place) {
        return frames.get(place);
    }

    /** What stands for a constructor's object before another constructor was called. */
    Object self() {
        return self;
    }

    Frame<BasicValue> atEntry() {
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
                throw TypeChecker.fault(at, "a stack map frame that names a new object which nothing makes");
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
}
