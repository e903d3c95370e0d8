package io.usr1.cli.show;

import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;

import io.usr1.cli.show.ShownMethod.Change;
import io.usr1.weaver.Plan;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        Set<String> what = new LinkedHashSet<>();
        if (decided.carrier() != null && decided.carrier().bornClear() && method.name.equals("<init>")) {
            born(changes, what);
        }
        for (ClassWeave.Mark mark : decided.marks()) {
            if (mark.host().equals(host)) {
                what.add((mark.set() ? "sets" : "clears") + " the flag");
                changes.addAll(marked(mark));
            }
        }
        decided.answers().stream().filter(answer -> answer.host().equals(host)).forEach(answer -> {
            what.add("answers without its lock");
            changes.add(new Change(MethodCode.firstLine(method), path(answer.path(), expressions), "answers " + value(answer.value()) + " while its flag is clear"));
        });
        decided.skips().stream().filter(skip -> skip.host().equals(host)).forEach(skip -> {
            what.add("skips a call");
            changes.add(new Change(expressions.line(skip.call()), expressions.of(skip.call()), "not called, is " + value(skip.value())
                    + " while the flag of " + path(skip.path(), expressions) + " is clear"));
        });
        decided.guards().stream().filter(guard -> guard.override() ? method.name.equals("<init>") : guard.host().equals(host)).forEach(guard -> {
            what.add("may shut the gate");
            changes.add(new Change(MethodCode.firstLine(method), guard.override() ? "this" : "a call", guard.override()
                    ? "shuts the gate if its class overrides " + guard.host().name() + "()" : "shuts the gate for good"));
        });
        decided.timings().stream().filter(timing -> timing.host().equals(host)).forEach(timing -> changes.add(timed(timing)));
        if (changes.stream().anyMatch(change -> change.now().startsWith("timed"))) {
            what.add("is timed");
        }
        return changes.isEmpty() ? List.of() : List.of(new ShownMethod(Added.signature(owner, method), String.join(", ", what), changes, List.of(), List.of()));
    }

    /** As the source would write it, {@code connection.tasklet}. */
    static String path(ClassWeave.Path path, Expressions expressions) {
        String variable = expressions.variable(path.slot(), 0);
        String root = switch (path.from()) {
            case LOCAL -> variable == null ? "local " + path.slot() : variable;
            case RETURNED -> "what is returned";
            case PASSED -> "argument " + path.slot();
            case EACH -> "each element";
        };
        return root + path.steps().stream().map(step -> step.name() == null ? "(" + Names.binary(step.owner()) + ")" : "." + step.name()).collect(Collectors.joining());
    }

    private void born(List<Change> changes, Set<String> what) {
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
        String now = (mark.set() ? "SET " : "CLEAR ") + switch (mark.at()) {
            case ENTRY -> "before anything else";
            case EXIT -> "before each normal return";
            case BEFORE -> "before the call";
            case AFTER -> "after the call";
        }
                + (mark.listed().isEmpty() ? "" : ", unless " + mark.listed().stream().map(ShownSites::listed).collect(Collectors.joining(" or ")));
        if (mark.call() >= 0) {
            return List.of(new Change(expressions.line(mark.call()), expressions.of(mark.call()), now + " on " + carrier));
        }
        boolean exit = mark.at() == ClassWeave.At.EXIT;
        List<Change> changes = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            boolean here = exit ? insn.getOpcode() >= IRETURN && insn.getOpcode() <= RETURN : insn instanceof LineNumberNode;
            if (here) {
                changes.add(new Change(MethodCode.line(insn), carrier, now));
                if (!exit) {
                    break;
                }
            }
        }
        return changes.isEmpty() ? List.of(new Change(0, carrier, now)) : changes;
    }

    private static String value(ClassWeave.Value value) {
        return switch (value.kind()) {
            case NOTHING -> "nothing";
            case CONSTANT -> String.valueOf(value.number());
            case ARGUMENT -> "argument " + value.number();
            case ARGUMENT_NOT_NULL -> "whether argument " + value.number() + " is there";
        };
    }

    private static String listed(ClassWeave.Step field) {
        if (field.isCall()) {
            return field.name() + "() is " + (field.descriptor().endsWith(";") ? "not null" : "true");
        }
        return field.name() + (field.descriptor().length() > 1 ? " is not null" : field.descriptor().equals("Z") ? " is true" : " is not 0");
    }

    private Change timed(ClassWeave.Timing timing) {
        String role = plan.sites().stream().filter(site -> site.index() == timing.site()).map(PlannedSite::role).findFirst().orElse("");
        return new Change(expressions.line(timing.at()), expressions.of(timing.at()), "timed as '" + role + "'");
    }
}
