package io.usr1.cli.show;

import io.usr1.weaver.ClassSource;
import io.usr1.weaver.Plan;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** Weaves each class of a plan as the agent would, and says what became of it. */
public final class Show {

    /** Which one is only a number in the class. */
    private static final int ANY_GATE = 0;

    private Show() {
    }

    /**
     * In the order in which the target names the classes.
     *
     * @param source what the plan was proved on
     */
    public static List<ShownClass> classes(Plan plan, ClassSource source) {
        List<ShownClass> shown = new ArrayList<>();
        for (String name : plan.target().wovenClasses()) {
            byte[] bytes = source.bytes(name);
            shown.add(shown(plan, name, Classes.parse(bytes), Classes.parse(plan.weave(name, bytes, ANY_GATE))));
        }
        return shown;
    }

    private static ShownClass shown(Plan plan, String name, ClassNode original, ClassNode woven) {
        ClassWeave decided = plan.decided(name);
        List<ShownMethod> methods = new ArrayList<>();
        for (MethodNode method : original.methods) {
            try {
                Expressions expressions = new Expressions(original, method);
                ClassWeave.Host host = new ClassWeave.Host(method.name, method.desc);
                new ShownSites(plan, decided, original, method, expressions).of(host).forEach(methods::add);
                for (ClassWeave.Region region : decided.regions()) {
                    if (region.host().equals(host)) {
                        methods.add(new ShownRegion(method, expressions, woven).of(region));
                    }
                }
            } catch (AnalyzerException unreadable) {
                throw new IllegalStateException(unreadable); // The proof has read it.
            }
        }
        return new ShownClass(name, Added.to(original, woven), methods);
    }
}
