package sample.bench.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sample.bench.jvm.Jdk;

/** The command line's part of the {@link Plan}. Default paths are relative to the repository's root. */
final class PlanOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME",
            description = "Home of a JDK to run the proxies on; may be repeated (default: the running one).")
    private List<Path> javaHomes = List.of(Path.of(System.getProperty("java.home")));

    @Option(names = "--locks", split = ",", paramLabel = "LOCK", description = "Lock kinds (default: reentrant,synchronized,spin).")
    private List<String> locks = List.of("reentrant", "synchronized", "spin");

    @Option(names = "--reuse", split = ",", paramLabel = "MODE", description = "Reuse modes (default: always,never).")
    private List<String> reuses = List.of("always", "never");

    @Option(names = "--rounds", description = "Rounds per arm (default: ${DEFAULT-VALUE}).")
    private int rounds = 4;

    @Option(names = "--requests", description = "Requests per arm and round (default: ${DEFAULT-VALUE}).")
    private int requests = 3_000;

    @Option(names = "--clients", description = "Client connections (default: ${DEFAULT-VALUE}).")
    private int clients = 64;

    @Option(names = "--loops", description = "Event loops of each proxy (default: ${DEFAULT-VALUE}).")
    private int loops = 4;

    @Option(names = "--maxconn",
            description = "Limit of requests in flight at the origin; fewer than clients make loops steal (default: ${DEFAULT-VALUE}).")
    private int maxconn = 16;

    @Option(names = "--wake-inside-lock", description = "Let thieves wake the former owner while they hold its lock: forces contention.")
    private boolean wakeInsideLock;

    @Option(names = "--proxy", paramLabel = "JAR", description = "The sample proxy (default: ${DEFAULT-VALUE}).")
    private Path proxy = Path.of("sample-app/proxy/target/sample-proxy.jar");

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: ${DEFAULT-VALUE}).")
    private Path agent = Path.of("agent/dist/target/usr1-agent.jar");

    @Option(names = "--target", paramLabel = "YAML", description = "The target file (default: ${DEFAULT-VALUE}).")
    private Path target = Path.of("sample-app/sample-proxy.yaml");

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/demo");

    /** The plan, checked. Throws ParameterException with one sentence if something asked for cannot be had. */
    Plan plan() {
        javaHomes.forEach(home -> needFile("--java", home.resolve("bin/java"), "name the home directory of a JDK"));
        needFile("--proxy", proxy, "build it with 'mvn -q -DskipTests package', or name another jar");
        needFile("--agent", agent, "build it with 'mvn -q -DskipTests package', or name another jar");
        needFile("--target", target, "start the demo at the repository's root, or name another file");
        needWords("--locks", locks, Set.of("reentrant", "synchronized", "spin"));
        needWords("--reuse", reuses, Set.of("always", "never"));
        needPositive("--rounds", rounds);
        needPositive("--requests", requests);
        needPositive("--clients", clients);
        needPositive("--loops", loops);
        return new Plan(jdks(), locks, reuses, rounds, requests, clients, loops, maxconn,
                wakeInsideLock, proxy.toAbsolutePath(), agent.toAbsolutePath(), target.toAbsolutePath(), out.toAbsolutePath());
    }

    private List<Jdk> jdks() {
        try {
            List<Jdk> jdks = javaHomes.stream().map(Jdk::at).toList();
            if (jdks.stream().map(Jdk::feature).distinct().count() < jdks.size()) {
                throw wrong("--java: two JDKs have the same version; name one of each, since files are named after it.");
            }
            return jdks;
        } catch (IllegalArgumentException unreadable) {
            throw wrong(unreadable.getMessage());
        }
    }

    private void needFile(String option, Path file, String advice) {
        if (!Files.isRegularFile(file)) {
            throw wrong(option + ": there is no file " + file + "; " + advice + ".");
        }
    }

    private void needWords(String option, List<String> found, Set<String> expected) {
        for (String word : found) {
            if (!expected.contains(word)) {
                throw wrong(option + ": found '" + word + "', expected one of "
                        + String.join(", ", expected.stream().sorted().toList()) + ".");
            }
        }
    }

    private void needPositive(String option, int found) {
        if (found < 1) {
            throw wrong(option + ": found " + found + ", expected at least 1.");
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
