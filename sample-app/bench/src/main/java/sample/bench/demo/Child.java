package sample.bench.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that says on standard output when it is ready. It never outlives the demo: a shutdown hook destroys it
 * (end, SIGINT, SIGTERM), and if the demo is killed outright, the end of its standard input, which we hold open, ends it.
 */
public final class Child {

    private static final int READY_SECONDS = 60;
    private static final Set<Child> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Child::destroy), "end-children"));
    }

    private final String name;
    private final Process process;
    private final Path log;

    /** Completed by the reader thread: the ready line, or null at the end of standard output. */
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a process; what it writes to standard error goes to {@code log}. */
    public static Child start(String name, List<String> command, Path log) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        Child child = new Child(name, builder.start(), log);
        ALIVE.add(child);
        Thread reader = new Thread(child::readOutput, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /**
     * Waits for the line that starts with {@code ready} and returns it. Lines before it are passed over: a JVM that starts a
     * recording announces that on standard output.
     *
     * @throws DemoFailure if the process ends before, or takes longer than a minute
     */
    public String awaitReady() throws IOException, InterruptedException {
        try {
            String line = ready.get(READY_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new DemoFailure(name + " ended before it was ready: " + lastWords() + " (see " + log + ").");
            }
            return line;
        } catch (ExecutionException | TimeoutException late) {
            throw new DemoFailure(name + " was not ready within " + READY_SECONDS + " s: " + lastWords() + " (see " + log + ").");
        }
    }

    /** Waits until the process has ended of itself; {@code why} it should is part of the complaint. */
    public void awaitEnd(int seconds, String why) throws IOException, InterruptedException {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        ALIVE.remove(this);
        if (!ended) {
            destroy();
            throw new DemoFailure(name + " did not end within " + seconds + " s after " + why + "; it was killed.");
        }
        if (process.exitValue() != 0) {
            throw new DemoFailure(name + " ended with exit code " + process.exitValue() + " after " + why + ": " + lastWords());
        }
    }

    public long pid() {
        return process.pid();
    }

    /** CPU time of the process so far, of all its threads; in steps of a hundredth of a second on Linux. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow(() -> new DemoFailure("The CPU time of " + name + " cannot be read on this system.")).toNanos();
    }

    /** Ends the process by ending its input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    void destroy() {
        process.destroyForcibly();
    }

    /** Reads to the end, long after the ready line, or a talkative child would block on a full pipe. */
    private void readOutput() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("ready ")) {
                    ready.complete(line);
                }
            }
            ready.complete(null);
        } catch (IOException broken) {
            ready.completeExceptionally(broken);
        }
    }

    /** The last line on standard error. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing on standard error" : lines.get(lines.size() - 1);
    }
}
