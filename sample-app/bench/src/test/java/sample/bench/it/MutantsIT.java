package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.it.Mutants.Finder;
import sample.bench.it.Mutants.Mutant;
import sample.bench.table.Table;

/** Whatever is broken on purpose is found: by the proof, by audit or by the breaker, within seconds of load. */
class MutantsIT {

    /** Found within a second or two; the rest is for a machine that does much else. */
    private static final long SECONDS = 60;
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 100;

    @TempDir
    private Path folder;

    /** @param seconds how long it took, under load or in the proof; negative if nothing was found */
    private record Result(String mutant, Finder finder, double seconds) {
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void areFound(Jdk jdk) throws InterruptedException, ExecutionException, IOException {
        List<Callable<Result>> hunts = new ArrayList<>();
        for (Mutant mutant : Mutants.all()) {
            hunts.add(() -> hunt(jdk, mutant));
        }
        hunts.add(() -> new Result("owner written after clear", Finder.CHECK, movedTooLate(jdk)));
        List<Result> results = new ArrayList<>();
        // Most of a hunt is a JVM that starts, on one core.
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (Future<Result> hunted : two.invokeAll(hunts)) {
                results.add(hunted.get());
            }
        } finally {
            two.shutdownNow();
        }
        print(jdk, results);
        assertEquals(List.of(), results.stream().filter(result -> result.seconds() < 0).map(this::survived).toList(), "mutants that nothing found");
        assertEquals(10, results.stream().map(Result::mutant).distinct().count(), "mutants");
    }

    private Result hunt(Jdk jdk, Mutant mutant) throws IOException, InterruptedException {
        Path place = Files.createDirectory(place(mutant.name(), mutant.finder()));
        Path target = mutant.mutation().writeTarget(place.resolve("target.yaml"));
        String path = mutant.mutation().compile(place.resolve("classes"));
        return new Result(mutant.name(), mutant.finder(), mutant.finder() == Finder.CHECK ? check(jdk, place, target, path, mutant.says())
                : load(jdk, place, target, path, mutant.finder() == Finder.AUDIT ? "audit" : "bypass", mutant.says()));
    }

    private Path place(String mutant, Finder finder) {
        return folder.resolve(mutant.replace(' ', '-') + "-" + finder);
    }

    private String survived(Result result) {
        try {
            return result + ": " + Files.readString(place(result.mutant(), result.finder()).resolve("said.err"));
        } catch (IOException e) {
            return result.toString();
        }
    }

    /** The same fault finders, with nothing to find: under the load that the mutants get neither audit nor the breaker says a word. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void nothingIsFoundInTheProxyAsItIs(Jdk jdk) throws IOException, InterruptedException {
        for (String mode : List.of("audit", "bypass")) {
            try (RunningProxy proxy = command(jdk, folder, mode, mode, ProxyCommand.TARGET, ProxyCommand.PROXY.toString()).start()) {
                for (int round = 0; round < 10; round++) {
                    proxy.load(round, CLIENTS, REQUESTS);
                }
                Ended ended = proxy.stop();
                ended.assertServed();
                ended.assertSilent();
                assertTrue(ended.count("takeovers") > 0, "nothing was taken over");
                assertEquals(0, ended.target().path("violations").asLong(-1), "violations");
            }
        }
    }

    private static ProxyCommand command(Jdk jdk, Path place, String name, String mode, Path target, String path) {
        return new ProxyCommand(jdk, place, name).startsQuickly().agent(mode, target).classPath(path)
                .proxy("--loops", "3", "--maxconn", "4", "--lock", "reentrant");
    }

    /** A mutant may break the proxy altogether, so what its clients see does not matter; they are given up with it. */
    private static double load(Jdk jdk, Path place, Path target, String path, String mode, String says) throws IOException, InterruptedException {
        try (RunningProxy proxy = command(jdk, place, "said", mode, target, path).start()) {
            proxy.awaitReady();
            Thread load = new Thread(() -> {
                try {
                    for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
                        proxy.load(round, CLIENTS, REQUESTS);
                    }
                } catch (IOException | InterruptedException | RuntimeException | AssertionError ended) {
                    Thread.currentThread().interrupt();
                }
            }, "load-" + says);
            load.setDaemon(true);
            long start = System.nanoTime();
            load.start();
            double seconds = await(place.resolve("said.err"), says, start);
            load.interrupt();
            return seconds;
        }
    }

    /** Polls the log, to which the agent writes from a thread of its own. */
    private static double await(Path log, String says, long start) throws IOException, InterruptedException {
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
            if (Files.readString(log).contains(says)) {
                return seconds(start);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return -1;
    }

    private static double check(Jdk jdk, Path place, Path target, String path, String says) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path said = place.resolve("said.err");
        Process process = new ProcessBuilder(jdk.java(), "-XX:TieredStopAtLevel=1", "-jar", ProxyCommand.AGENT.toString(), "check", "--target", target.toString(),
                "--classpath", path).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        int status = process.waitFor();
        // Sentences are wrapped for people.
        return status != 0 && Files.readString(said).replaceAll("\\s+", " ").contains(says) ? seconds(start) : -1;
    }

    /** A pool of its own, because the sample proxy replaces its carriers: proved as it is, refused when it clears too early. */
    private double movedTooLate(Jdk jdk) throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("moving"));
        Path target = Files.writeString(place.resolve("moving.yaml"), resource("moving.yaml"));
        String source = resource("Moving.java");
        String write = "            connection.owner = Thread.currentThread();\n";
        String clear = "            connection.attach();\n";
        assertTrue(source.contains(write + clear), "the fixture has changed");
        assertEquals(-1, check(jdk, place, target, compile(place.resolve("as-it-is"), source), "refused"), "the pool as it is was refused");
        return check(jdk, place, target, compile(place.resolve("mutant"), source.replace(write + clear, clear + write)), "the owner written before every CLEAR");
    }

    private static String compile(Path folder, String source) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder).resolve("Moving.java"), source);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d", folder.toString(), file.toString()), "javac");
        return folder.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MutantsIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(Jdk jdk, List<Result> results) {
        List<List<String>> rows = results.stream().map(result -> List.of(result.mutant(), result.finder().name().toLowerCase(Locale.ROOT),
                result.seconds() < 0 ? "not found" : String.format(Locale.ROOT, "%.1f", result.seconds()))).toList();
        System.out.println("Mutants on " + jdk + ":\n" + new Table(2, List.of("mutant", "finder", "seconds"), rows).aligned());
    }
}
