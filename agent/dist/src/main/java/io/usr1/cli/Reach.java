package io.usr1.cli;

import io.usr1.cli.jvm.OtherJvm;
import io.usr1.cli.jvm.UnreachableException;
import io.usr1.target.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What commands to a running JVM share: its process id, sentences as their answer, and exit code 1 with one sentence if there is none. */
abstract class Reach implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The process id of the JVM, as jps lists it.")
    private long pid;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What was done, a sentence each. */
    abstract List<String> ask(OtherJvm jvm) throws UnreachableException;

    @Override public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (OtherJvm jvm = OtherJvm.of(pid)) {
            List<String> done = ask(jvm);
            if (json) {
                Json.print(out, fields -> Json.strings(fields, "done", done));
            } else {
                done.forEach(sentence -> out.println(Printable.of(sentence)));
                out.flush();
            }
            return 0;
        } catch (UnreachableException no) {
            spec.commandLine().getErr().println("usr1-agent: " + Printable.of(no.getMessage()));
            return 1;
        }
    }
}
