package sample.bench.figures;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks or writes the generated blocks of README.md and docs/*.md. Exit code 1: a block is stale or cannot be made. */
@Command(name = "figures", mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Generates the figures in README.md and docs/**.md from docs/figures/*.json.")
public final class Figures implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--write", description = "Write stale blocks anew; without it they are only named.")
    private boolean write;

    @Option(names = "--keep", description = "First take what the measuring commands have left under target/ as the raw figures.")
    private boolean keep;

    @Parameters(arity = "0..1", paramLabel = "ROOT", description = "The repository's root (default: the current directory).")
    private Path root = Path.of("");

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Figures()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("figures: " + failure.getMessage());
            return 1;
        }).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (keep) {
            for (Block block : Block.values()) {
                if (block.kept(root)) {
                    out.println(block.json(root) + ": kept");
                }
            }
        }
        int stale = 0;
        for (Page page : Page.all(root)) {
            Page generated = page.generated(root);
            if (generated.equals(page)) {
                continue;
            }
            if (write) {
                Files.writeString(page.file(), generated.text());
                out.println(page.file() + ": written");
            } else {
                stale++;
                out.println(page.file() + ": a block differs from its figures; 'mvn -q -Pfigures verify' writes it anew");
            }
        }
        out.flush();
        return stale == 0 ? 0 : 1;
    }
}
