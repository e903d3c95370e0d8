package io.usr1.cli.show;

import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;

import io.usr1.cli.show.ShownMethod.Change;
import io.usr1.weaver.Plan;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What is put into a method that keeps its own body: marks, timed acquisitions, and CLEAR at birth. */
final class ShownSites {

    private final Plan plan;
    private final ClassWeave decided;
    private final ClassNode owner;
    private final MethodNode method;
    private final Expressions expressions;

    ShownSites(Plan plan, ClassWeave decided, ClassNode owner, MethodNode method, Expressions expressions) {
        this.plan = plan;
        this.decided = decided;
        this.owner = owner;
        this.method = method;
        this.expressions = expressions;
    }

    /** None or one. */
    List<ShownMethod> of(ClassWeave.Host host) {
        List<Change> changes = new ArrayList<>();
        List<String> what = new ArrayList<>();
        if (decided.carrier() != null && decided.carrier().bornClear() && method.name.equals("<init>")) {
            born(changes, what);
        }
        for (ClassWeave.Mark mark : decided.marks()) {
            if (mark.host().equals(host)) {
                what.add((mark.set() ? "sets" : "clears") + " the flag");
                changes.addAll(marked(mark));
            }
        }
        decided.timings().stream().filter(timing -> timing.host().equals(host)).forEach(timing -> changes.add(timed(timing)));
        if (changes.stream().anyMatch(change -> change.now().startsWith("timed"))) {
            what.add("is timed");
        }
        return changes.isEmpty() ? List.of() : List.of(new ShownMethod(Added.signature(owner, method), String.join(", ", what), changes, List.of(), List.of()));
    }

    /** As the source would write it, {@code connection.tasklet}. */
    static String path(ClassWeave.Path path, Expressions expressions) {
        String root = expressions.variable(path.slot(), 0);
        return (root == null ? "local " + path.slot() : root)
                + path.steps().stream().map(step -> "." + step.name()).collect(Collectors.joining());
    }

    private void born(List<Change> changes, List<String> what) {
        for (int i = 0; i < method.instructions.size(); i++) {
            if (method.instructions.get(i) instanceof MethodInsnNode call && call.name.equals("<init>") && call.owner.equals(owner.superName)) {
                what.add("makes the carrier");
                changes.add(new Change(MethodCode.line(call), expressions.of(i), "then this is CLEAR (new: not-idle)"));
                return;
            }
        }
    }

    private List<Change> marked(ClassWeave.Mark mark) {
        String carrier = path(mark.path(), expressions);
        String now = (mark.set() ? "SET " : "CLEAR ") + (mark.exit() ? "before each normal return" : "before anything else")
                + (mark.listed().isEmpty() ? "" : ", unless " + mark.listed().stream().map(ShownSites::listed).collect(Collectors.joining(" or ")));
        List<Change> changes = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            boolean here = mark.exit() ? insn.getOpcode() >= IRETURN && insn.getOpcode() <= RETURN : insn instanceof LineNumberNode;
            if (here) {
                changes.add(new Change(MethodCode.line(insn), carrier, now));
                if (!mark.exit()) {
                    break;
                }
            }
        }
        return changes.isEmpty() ? List.of(new Change(0, carrier, now)) : changes;
    }

    private static String listed(ClassWeave.Step field) {
        return field.name() + (field.descriptor().length() > 1 ? " is not null" : field.descriptor().equals("Z") ? " is true" : " is not 0");
    }

    private Change timed(ClassWeave.Timing timing) {
        String role = plan.sites().stream().filter(site -> site.index() == timing.site()).map(PlannedSite::role).findFirst().orElse("");
        return new Change(expressions.line(timing.at()), expressions.of(timing.at()), "timed as '" + role + "'");
    }
}
