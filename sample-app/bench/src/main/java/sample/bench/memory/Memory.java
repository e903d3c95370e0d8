package sample.bench.memory;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sample.bench.demo.DemoFailure;
import sample.bench.demo.OriginProcess;
import sample.bench.jvm.Jdk;
import sample.bench.jvm.Jdks;

/** Measures what weaving adds to a carrier, to a class, and to the sample proxy's process. */
@Command(name = "memory", sortOptions = false, usageHelpAutoWidth = true, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Measures the bytes of carriers and classes before and after weaving, and the resident set of the sample proxy.")
public final class Memory implements Callable<Integer> {

    private static final int COMPACT_SINCE = 25;

    @Spec
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME", description = "Home of a JDK; may be repeated (default: the running one, and those beside it or in USR1_JDKS).")
    private List<Path> javaHomes = List.of();

    @Option(names = "--forks", description = "Starts of the proxy with each agent (default: ${DEFAULT-VALUE}).")
    private int forks = 3;

    @Option(names = "--requests", description = "Requests in each of three rounds of load (default: ${DEFAULT-VALUE}).")
    private int requests = 3_000;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Libraries whose name starts so (default: all).")
    private List<String> only = List.of("");

    @Option(names = "--proxy", paramLabel = "JAR", description = "The sample proxy (default: ${DEFAULT-VALUE}).")
    private Path proxy = Path.of("sample-app/proxy/target/sample-proxy.jar");

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: ${DEFAULT-VALUE}).")
    private Path agent = Path.of("agent/dist/target/usr1-agent.jar");

    @Option(names = "--empty", paramLabel = "JAR", description = "An agent that does nothing (default: ${DEFAULT-VALUE}).")
    private Path empty = Path.of("sample-app/bench/target/sample-bench-startup.jar");

    @Option(names = "--target", paramLabel = "YAML", description = "The target file (default: ${DEFAULT-VALUE}).")
    private Path target = Path.of("sample-app/sample-proxy.yaml");

    @Option(names = "--real", paramLabel = "DIR", description = "The libraries' jars (default: ${DEFAULT-VALUE}).")
    private Path real = Path.of("sample-app/bench/target/real");

    @Option(names = "--out", paramLabel = "FILE", description = "Raw figures, JSON; logs go beside it (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/memory.json");

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Memory()).setOverwrittenOptionsAllowed(true).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("memory: " + (failure instanceof DemoFailure ? failure.getMessage() : failure.toString()));
            return 1;
        }).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path file : List.of(proxy, agent, empty, target)) {
            if (!Files.isRegularFile(file)) {
                throw new ParameterException(spec.commandLine(), "there is no file " + file + "; start at the repository's root after 'mvn -q -DskipTests package'.");
            }
        }
        Path folder = Files.createDirectories(out.toAbsolutePath().resolveSibling("memory"));
        List<Jdk> jdks = javaHomes.isEmpty() ? Jdks.found() : javaHomes.stream().map(Jdk::at).toList();
        MemoryFigures figures = new MemoryFigures(forks + " starts of each process, heap of 64 MB, touched at start; median, least and greatest; more than with no agent",
                libraries(jdks, folder), processes(jdks, folder));
        figures.write(out);
        spec.commandLine().getOut().print(figures.aligned());
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("raw figures: " + out);
        return 0;
    }

    private List<LibraryFootprint> libraries(List<Jdk> jdks, Path folder) throws IOException, InterruptedException {
        ClassProbe probe = new ClassProbe(agent.toAbsolutePath(), target.toAbsolutePath(), proxy.toAbsolutePath(), real.toAbsolutePath(), folder);
        List<LibraryFootprint> footprints = new ArrayList<>();
        for (Measured library : Measured.ALL) {
            if (only.stream().noneMatch(library.name()::startsWith)) {
                continue;
            }
            for (Jdk jdk : jdks) {
                for (boolean compact : jdk.feature() >= COMPACT_SINCE ? List.of(false, true) : List.of(false)) {
                    progress("%s, JDK %d%s".formatted(library.name(), jdk.feature(), compact ? ", compact headers" : ""));
                    footprints.add(probe.measure(library, jdk, compact));
                }
            }
        }
        return footprints;
    }

    private List<ProcessFootprint> processes(List<Jdk> jdks, Path folder) throws IOException, InterruptedException {
        Map<String, List<String>> agents = new LinkedHashMap<>();
        agents.put("none", List.of());
        agents.put("empty", List.of("-javaagent:" + empty.toAbsolutePath()));
        agents.put("usr1", List.of("-javaagent:" + agent.toAbsolutePath(), "-Dusr1.targets=" + target.toAbsolutePath()));
        OriginProcess originProcess = OriginProcess.start(folder.resolve("origin.log"));
        InetSocketAddress origin = originProcess.awaitReady();
        ProcessProbe probe = new ProcessProbe(agents, proxy.toAbsolutePath(), folder, origin, requests);
        List<ProcessFootprint> footprints = new ArrayList<>();
        for (Jdk jdk : jdks) {
            for (int fork = 0; fork < forks; fork++) {
                progress("sample proxy, JDK %d, start %d of %d with each agent".formatted(jdk.feature(), fork + 1, forks));
                footprints.addAll(probe.measure(jdk, fork));
            }
        }
        originProcess.stop();
        return footprints;
    }

    private void progress(String line) {
        PrintWriter progress = spec.commandLine().getErr();
        progress.println(line);
        progress.flush();
    }
}
