package io.usr1.cli;

import io.usr1.cli.show.Show;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import io.usr1.weaver.ClassSource;
import io.usr1.weaver.Plan;
import io.usr1.weaver.Prover;
import io.usr1.weaver.Refusal;
import io.usr1.weaver.Refused;
import io.usr1.weaver.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole proof on the classes as they lie there, without starting the application. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Proves targets on the classes of an application, without running it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all sites can be woven", "1:a target is refused; every reason is printed", "2:bad usage, target file or class path"})
final class CheckCommand implements Callable<Integer> {

    /** Which one is only a number in the class. */
    private static final int ANY_GATE = 0;

    @Spec private CommandSpec spec;

    @Option(names = "--target", required = true, paramLabel = "TARGET.yaml", description = "The target file; may be given several times.")
    private List<String> targets;

    @Option(names = {"--classpath", "--class-path", "-cp"}, required = true, paramLabel = "PATH",
            description = "The application's class path, as java -cp has it: jars, folders, and dir/* for all jars of a folder.")
    private String classPath;

    @Option(names = "--show", description = "Print what would be woven: what is taken out and put in, by source line, and the byte code that runs without the lock.")
    private boolean show;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        List<Target> read = read(err);
        if (read.size() < targets.size()) {
            return 2;
        }
        List<Checked> all = new ArrayList<>();
        try (ClassPath classes = ClassPath.of(classPath)) {
            if (classes.isEmpty()) {
                err.println("--classpath has no jar or folder: " + String.join("; ", classes.notes()));
                return 2;
            }
            try (Progress progress = new Progress(classes, Progress.onTerminal() ? err : null, System::nanoTime)) {
                read.forEach(target -> all.add(check(target, progress)));
            }
            print(all, classes.notes());
        }
        return all.stream().anyMatch(Checked::refused) ? 1 : 0;
    }

    /** Those that can be read; one line for each of the others. */
    private List<Target> read(PrintWriter err) {
        List<Target> read = new ArrayList<>();
        for (String file : targets) {
            try {
                read.add(TargetFile.read(file));
            } catch (TargetException e) {
                err.println(e.getMessage());
            }
        }
        return read;
    }

    private Checked check(Target target, ClassSource classes) {
        Verdict verdict = Prover.prove(target, classes);
        if (verdict instanceof Refused refused) {
            return new Checked(target, List.of(), refused.refusals(), List.of(), List.of(), "");
        }
        Plan plan = (Plan) verdict;
        List<Refusal> unverifiable = new ArrayList<>();
        for (String name : plan.classes()) {
            byte[] bytes = classes.bytes(name);
            plan.unverifiable(name, bytes, plan.weave(name, bytes, ANY_GATE)).ifPresent(unverifiable::add);
        }
        if (!unverifiable.isEmpty()) {
            return new Checked(target, List.of(), unverifiable, List.of(), List.of(), "");
        }
        return new Checked(target, plan.sites(), List.of(), plan.notes(), show ? Show.classes(plan, classes) : List.of(), plan.fingerprint());
    }

    private void print(List<Checked> all, List<String> notes) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new JsonReport(out).print(all, notes);
        } else {
            new TextReport(out).print(all, notes);
        }
        out.flush();
    }
}
