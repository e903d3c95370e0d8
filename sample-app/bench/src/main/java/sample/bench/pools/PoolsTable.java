package sample.bench.pools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sample.bench.jvm.Jdk;
import sample.bench.jvm.Jdks;

/**
 * Runs the pools of released libraries under the agent and prints what was removed, and what that is worth. Exit code 0: every
 * identity holds and audit found nothing; 1: not so.
 */
@Command(name = "pools", sortOptions = false, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Runs the pools of released libraries without the agent, in audit and in bypass, and prints a table.")
public final class PoolsTable implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME", description = "Home of a JDK; may be repeated (default: the running one, and those beside it or in USR1_JDKS).")
    private List<Path> javas = List.of();

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Libraries whose name starts so (default: all).")
    private List<String> only = List.of("");

    @Option(names = "--quick", description = "Few rounds, and one pair of forks: to see that it works.")
    private boolean quick;

    @Option(names = "--audited", description = "Audited calls, at least (default: ${DEFAULT-VALUE}).")
    private int audited = 1_000_000;

    @Option(names = "--forks", description = "Pairs of forks for the throughput; 0 to count only (default: ${DEFAULT-VALUE}).")
    private int forks = 3;

    @Option(names = "--millis", description = "Length of a measured part (default: ${DEFAULT-VALUE}).")
    private int millis = 1_500;

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: ${DEFAULT-VALUE}).")
    private Path agent = Path.of("agent/dist/target/usr1-agent.jar");

    @Option(names = "--real", paramLabel = "DIR", description = "The libraries' jars (default: ${DEFAULT-VALUE}).")
    private Path real = Path.of("sample-app/bench/target/real");

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/pools");

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PoolsTable()).setOverwrittenOptionsAllowed(true).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (quick) {
            audited = 20_000;
            forks = 1;
            millis = 500;
        }
        Files.createDirectories(out);
        ChildClasses classes = new ChildClasses(out.toAbsolutePath(), real.toAbsolutePath());
        PrintWriter print = spec.commandLine().getOut();
        List<PoolFigures.Row> rows = new ArrayList<>();
        Path json = out.resolve("pools.json");
        boolean holds = true;
        for (Jdk jdk : javas.isEmpty() ? Jdks.found() : javas.stream().map(Jdk::at).toList()) {
            PoolJvm jvm = new PoolJvm(jdk.java().toString(), agent.toAbsolutePath(), classes, out.toAbsolutePath());
            for (Library library : Library.ALL) {
                if (only.stream().anyMatch(library.name()::startsWith)) {
                    Counted counted = Counted.of(jvm.count(library, audited, audited / 5));
                    rows.add(new PoolFigures.Row(library.name(), jdk.feature(), jdk.version(), library.threads(), counted, ratios(jvm, library)));
                    counted.failures().forEach(failure -> print.println(library.name() + ": " + failure));
                    holds &= counted.failures().isEmpty();
                    // After each row: what was measured is kept, whatever becomes of the rest.
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(),
                            new PoolFigures(audited, forks, millis / 2, millis, Runtime.getRuntime().availableProcessors(), rows));
                    print.println(library.name() + " on JDK " + jdk.feature() + " done");
                    print.flush();
                }
            }
        }
        if (rows.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "no library's name starts with " + String.join(" or ", only));
        }
        print.println();
        print.print(PoolFigures.read(json).markdown());
        print.flush();
        return holds ? 0 : 1;
    }

    private double[] ratios(PoolJvm jvm, Library library) throws IOException, InterruptedException {
        double[] ratios = new double[forks];
        for (int i = 0; i < forks; i++) {
            boolean plainFirst = i % 2 == 0;
            long first = jvm.time(library, !plainFirst, millis);
            long second = jvm.time(library, plainFirst, millis);
            ratios[i] = plainFirst ? (double) second / first : (double) first / second;
        }
        return ratios;
    }
}
