package sample.bench.pools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sample.bench.table.Table;

/**
 * Runs the pools of released libraries under the agent and prints what was removed, and what that is worth. Exit code 0: every
 * identity holds and audit found nothing; 1: not so.
 */
@Command(name = "pools", sortOptions = false, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Runs the pools of released libraries without the agent, in audit and in bypass, and prints a table.")
public final class PoolsTable implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME", description = "Home of a JDK; may be repeated (default: the running one).")
    private List<Path> javas = List.of(Path.of(System.getProperty("java.home")));

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Libraries whose name starts so (default: all).")
    private List<String> only = List.of("");

    @Option(names = "--quick", description = "Few rounds, and one pair of forks: to see that it works.")
    private boolean quick;

    @Option(names = "--audited", description = "Audited calls, at least (default: ${DEFAULT-VALUE}; Jetty's, which are real requests, a tenth).")
    private int audited = 1_000_000;

    @Option(names = "--forks", description = "Pairs of forks for the throughput (default: ${DEFAULT-VALUE}).")
    private int forks = 5;

    @Option(names = "--millis", description = "Length of a measured part (default: ${DEFAULT-VALUE}).")
    private int millis = 3_000;

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
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> raw = new ArrayList<>();
        boolean holds = true;
        for (Path java : javas) {
            PoolJvm jvm = new PoolJvm(java.resolve("bin/java").toString(), agent.toAbsolutePath(), classes, out.toAbsolutePath());
            for (Library library : Library.ALL) {
                if (only.stream().anyMatch(library.name()::startsWith)) {
                    Counted counted = Counted.of(jvm.count(library, rounds(library), rounds(library) / 5));
                    double[] ratios = ratios(jvm, library);
                    counted.failures().forEach(failure -> print.println(library.name() + ": " + failure));
                    holds &= counted.failures().isEmpty();
                    rows.add(row(library, java, counted, ratios));
                    raw.add(raw(library, java, counted, ratios));
                    print.println(library.name() + " done");
                    print.flush();
                }
            }
        }
        print.println();
        print.print(new Table(2, List.of("library", "JDK", "sites", "removed", "clear outermost", "share of all", "audited", "violations", "throughput", "from-to"), rows).markdown());
        print.printf("%d pairs of forks of %d ms each, alternating; %d processors. removed: acquisitions that were not made; share: of all outermost acquisitions.%n",
                forks, millis, Runtime.getRuntime().availableProcessors());
        print.flush();
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.resolve("pools.json").toFile(), raw);
        return holds ? 0 : 1;
    }

    /** Real requests take a hundred times as long as uses of connections that do nothing; of Commons Pool one in three destroys. */
    private int rounds(Library library) {
        return (library.work().equals("JettyWork") ? audited / 10 : audited) * (library.work().equals("CommonsPoolWork") ? 4 : 1);
    }

    private double[] ratios(PoolJvm jvm, Library library) throws IOException, InterruptedException {
        double[] ratios = new double[forks];
        for (int i = 0; i < forks; i++) {
            boolean plainFirst = i % 2 == 0;
            long first = jvm.time(library, !plainFirst, millis);
            long second = jvm.time(library, plainFirst, millis);
            ratios[i] = plainFirst ? (double) second / first : (double) first / second;
        }
        Arrays.sort(ratios);
        return ratios;
    }

    private static List<String> row(Library library, Path java, Counted counted, double[] ratios) {
        return List.of(library.name(), java.getFileName().toString(), String.valueOf(counted.sites()), String.valueOf(counted.removed()), String.valueOf(counted.clear()),
                String.format("%.1f %%", 100 * counted.share()), String.valueOf(counted.audited()), String.valueOf(counted.violations()),
                String.format("%.2f", ratios[ratios.length / 2]), String.format("%.2f-%.2f", ratios[0], ratios[ratios.length - 1]));
    }

    private Map<String, Object> raw(Library library, Path java, Counted counted, double[] ratios) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("library", library.name());
        raw.put("java", java.getFileName().toString());
        raw.put("threads", library.threads());
        raw.put("millis", millis);
        raw.put("counted", counted);
        raw.put("ratios", ratios);
        return raw;
    }
}
