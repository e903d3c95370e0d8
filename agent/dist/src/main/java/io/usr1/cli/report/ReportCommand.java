package io.usr1.cli.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One recording, or one from before and one from after a change. */
@Command(name = "report", mixinStandardHelpOptions = true,
        description = "Says what a recording holds of pool locks: text, and one HTML page with plots.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, or a file cannot be read as a recording of the agent, or the page cannot be written"})
public final class ReportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(arity = "1..2", paramLabel = "FILE", description = "A recording; or two, to be compared: before and after.")
    private List<Path> files;

    @Option(names = "--html", paramLabel = "PAGE", description = "Where the page goes (default: ${DEFAULT-VALUE}).")
    private Path html = Path.of("usr1-report.html");

    @Option(names = "--json", description = "Print JSON instead of text, and write no page.")
    private boolean json;

    @Override public Integer call() throws IOException {
        if (files.size() > 2) {
            // picocli takes the arity for that of each time a value is given.
            throw new ParameterException(spec.commandLine(), files.size() + " recordings were given; expected one, or two to be compared");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Report> reports = new ArrayList<>();
        try {
            for (Path file : files) {
                reports.add(RecordingReader.read(file));
            }
        } catch (BadInput bad) {
            return refuse(bad.getMessage());
        }
        if (json) {
            JsonReport.write(reports, out);
            return 0;
        }
        TextReport.print(reports, out);
        try {
            Files.writeString(html, HtmlReport.page(reports));
        } catch (IOException unwritable) {
            return refuse(html + ": the page cannot be written (" + unwritable + "); name another file with --html");
        }
        out.println();
        out.println("The page with plots is " + html);
        return 0;
    }

    private int refuse(String sentence) {
        spec.commandLine().getErr().println(Shown.plain(sentence));
        return 2;
    }
}
