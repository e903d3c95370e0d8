package sample.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sample.bench.jvm.Jdk;
import sample.bench.load.Bodies;

/** The command line's part. Default paths are relative to the repository's root. */
final class PlanOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME", description = "Home of a JDK to run the proxies on; may be repeated (default: the running one).")
    private List<Path> javaHomes = List.of(Path.of(System.getProperty("java.home")));

    @Option(names = "--quick", description = "One case, two forks, short rounds: to see that it works.")
    private boolean quick;

    @Option(names = "--full", description = "Every way, body, lock and number of loops with every other; takes hours.")
    private boolean full;

    @Option(names = "--ways", split = ",", paramLabel = "WAY", description = "Measure these with all that --bodies, --locks and --loops say: ${COMPLETION-CANDIDATES}.")
    private List<Way> ways;

    @Option(names = "--bodies", split = ",", paramLabel = "BODIES", description = "SMALL (1 KiB) or LARGE (64 KiB).")
    private List<Bodies> bodies;

    @Option(names = "--locks", split = ",", paramLabel = "LOCK", description = "reentrant, synchronized or spin.")
    private List<String> locks;

    @Option(names = "--loops", split = ",", paramLabel = "N", description = "Event loops of each proxy.")
    private List<Integer> loops;

    @Option(names = "--forks", description = "JVMs of each arm (default: 4).")
    private Integer forks;

    @Option(names = "--rounds", description = "Measured rounds of each JVM (default: 5).")
    private Integer rounds;

    @Option(names = "--warm", description = "Rounds of each JVM before these (default: 2).")
    private Integer warm;

    @Option(names = "--requests", description = "Requests of a round; a third of them with LARGE bodies (default: 2500).")
    private Integer requests;

    @Option(names = "--clients", description = "Requests in flight (default: ${DEFAULT-VALUE}).")
    private int clients = 64;

    @Option(names = "--proxy", paramLabel = "JAR", description = "The sample proxy (default: ${DEFAULT-VALUE}).")
    private Path proxy = Path.of("sample-app/proxy/target/sample-proxy.jar");

    @Option(names = "--sources", paramLabel = "DIR", description = "Its sources, of which a copy is patched (default: ${DEFAULT-VALUE}).")
    private Path sources = Path.of("sample-app/proxy/src/main/java");

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: ${DEFAULT-VALUE}).")
    private Path agent = Path.of("agent/dist/target/usr1-agent.jar");

    @Option(names = "--target", paramLabel = "YAML", description = "The target file (default: ${DEFAULT-VALUE}).")
    private Path target = Path.of("sample-app/sample-proxy.yaml");

    @Option(names = "--out", paramLabel = "FILE", description = "Raw figures, JSON; logs go beside it (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/endtoend.json");

    List<Jdk> jdks() {
        return javaHomes.stream().map(Jdk::at).toList();
    }

    /** JVMs of each arm. */
    int forks() {
        return or(forks, quick ? 2 : 4);
    }

    /** Where the raw figures go. */
    Path out() {
        return out;
    }

    /** The cases. Throws ParameterException with one sentence for a wrong word. */
    List<Setup> setups() {
        if (ways != null || bodies != null || locks != null || loops != null) {
            needWords();
            return Setup.product(or(ways, List.of(Way.H1)), or(bodies, List.of(Bodies.SMALL)), or(locks, List.of("reentrant")), or(loops, List.of(4)));
        }
        if (quick) {
            return List.of(new Setup(Way.H1, Bodies.SMALL, "reentrant", 4));
        }
        return full ? Setup.full() : Setup.common();
    }

    private void needWords() {
        for (String lock : locks == null ? Setup.LOCKS : locks) {
            if (!Setup.LOCKS.contains(lock)) {
                throw new ParameterException(spec.commandLine(), "--locks: found '" + lock + "', expected one of " + String.join(", ", Setup.LOCKS) + ".");
            }
        }
    }

    /** The plan; compiles the patched proxy. Throws ParameterException with one sentence if a file is missing. */
    Plan plan() throws IOException {
        for (Path file : List.of(proxy, agent, target)) {
            if (!Files.isRegularFile(file)) {
                throw new ParameterException(spec.commandLine(), "there is no file " + file + "; start at the repository's root after 'mvn -q -DskipTests package'.");
            }
        }
        Path folder = Files.createDirectories(out.toAbsolutePath().resolveSibling("endtoend"));
        String patched = PatchedProxy.classPath(sources, proxy.toAbsolutePath(), folder.resolve("patched"));
        return new Plan(or(warm, quick ? 1 : 2), or(rounds, quick ? 3 : 5), or(requests, quick ? 1_500 : 2_500), clients,
                proxy.toAbsolutePath(), patched, agent.toAbsolutePath(), target.toAbsolutePath(), folder);
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
