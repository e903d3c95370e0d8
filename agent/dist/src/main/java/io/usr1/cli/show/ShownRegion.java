package io.usr1.cli.show;

import io.usr1.cli.show.ShownMethod.Change;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** A lock region that is bypassed: what of it goes, what is put in, and what is left. */
final class ShownRegion {

    private final MethodNode method;
    private final Expressions expressions;
    private final ClassNode woven;

    ShownRegion(MethodNode method, Expressions expressions, ClassNode woven) {
        this.method = method;
        this.expressions = expressions;
        this.woven = woven;
    }

    ShownMethod of(ClassWeave.Region region) throws AnalyzerException {
        ClassWeave.Cut cut = region.cut();
        Set<Change> changes = new LinkedHashSet<>();
        changes.add(change(cut.acquire(), "not taken"));
        cut.omitted().forEach(at -> changes.add(change(at, "not called")));
        cut.notNull().forEach(at -> changes.add(change(at, "read as not-null")));
        cut.constants().forEach((at, value) -> changes.add(change(at, "is " + constant(at, value))));
        cut.releases().forEach(at -> changes.add(change(at, "not given back")));
        region.kept().forEach(kept -> changes.add(change(kept.at(), "stays locked")));
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingInt(Change::line));
        ClassWeave.Host without = region.bypass();
        MethodNode bypass = woven.methods.stream().filter(one -> one.name.equals(without.name()) && one.desc.equals(without.descriptor())).findFirst().orElseThrow();
        return new ShownMethod(Added.signature(woven, method), "while the flag of " + ShownSites.path(region.path(), expressions) + " is clear",
                sorted, notReached(bypass), new BodyText(bypass, new Expressions(woven, bypass)).rows());
    }

    private Change change(int at, String now) {
        return new Change(expressions.line(at), expressions.of(at), now);
    }

    private String constant(int at, Integer value) {
        AbstractInsnNode insn = method.instructions.get(at);
        Type type = insn instanceof FieldInsnNode field ? Type.getType(field.desc) : Type.getReturnType(((MethodInsnNode) insn).desc);
        return type == Type.BOOLEAN_TYPE ? String.valueOf(value == 1) : String.valueOf(value);
    }

    private List<Integer> notReached(MethodNode bypass) {
        Set<Integer> lines = lines(method);
        lines.removeAll(lines(bypass));
        return List.copyOf(lines);
    }

    private static Set<Integer> lines(MethodNode method) {
        Set<Integer> lines = new TreeSet<>();
        int line = 0;
        for (AbstractInsnNode insn : method.instructions) {
            line = insn instanceof LineNumberNode number ? number.line : line;
            if (insn.getOpcode() >= 0 && line > 0) {
                lines.add(line);
            }
        }
        return lines;
    }
}
