package io.usr1.cli.show;

import io.usr1.cli.show.ShownMethod.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** A body as byte code text, one instruction a row with its source line; without frames and labels that nothing goes to. */
final class BodyText {

    private final MethodNode method;
    private final Expressions expressions;
    private final Textifier text = new Textifier();
    private final TraceMethodVisitor visitor = new TraceMethodVisitor(text);
    private final Set<LabelNode> targets = new HashSet<>();

    BodyText(MethodNode method, Expressions expressions) {
        this.method = method;
        this.expressions = expressions;
    }

    List<Change> rows() {
        List<Change> rows = new ArrayList<>();
        method.tryCatchBlocks.forEach(block -> {
            targets.addAll(List.of(block.start, block.end, block.handler));
            block.accept(visitor);
            rows.add(new Change(0, written(), "from, to, handler, type"));
        });
        method.instructions.forEach(this::collect);
        int line = 0;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode number) {
                line = number.line;
                continue;
            }
            insn.accept(visitor);
            String written = written();
            if (!(insn instanceof FrameNode) && (!(insn instanceof LabelNode) || targets.contains(insn))) {
                rows.add(new Change(insn instanceof LabelNode ? 0 : line, written, subject(insn)));
            }
        }
        return rows;
    }

    private String subject(AbstractInsnNode insn) {
        String name = insn instanceof VarInsnNode variable ? expressions.variable(variable.var, method.instructions.indexOf(insn.getNext())) : null;
        return name == null ? "" : name;
    }

    private String written() {
        String written = String.join("", text.getText().stream().map(String::valueOf).toList()).strip();
        text.getText().clear();
        return written;
    }

    private void collect(AbstractInsnNode insn) {
        if (insn instanceof JumpInsnNode jump) {
            targets.add(jump.label);
        } else if (insn instanceof TableSwitchInsnNode table) {
            targets.addAll(table.labels);
            targets.add(table.dflt);
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            targets.addAll(lookup.labels);
            targets.add(lookup.dflt);
        }
    }
}
