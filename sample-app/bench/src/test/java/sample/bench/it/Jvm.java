package sample.bench.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child JVM that prints a line {@code ready ...} and ends when its input ends, which the end of this JVM brings about too.
 * Unlike the demo's children it keeps every word: what a JVM with the agent prints is part of what is tested.
 */
public final class Jvm implements AutoCloseable {

    private static final int SECONDS = 90;

    private final Process process;
    private final Path errors;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    /** The reader's until it has ended. */
    private final List<String> output = new ArrayList<>();
    private final Thread reader;

    private Jvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "output-of-" + process.pid());
    }

    /** Starts a JVM and does not wait for it; {@code errors} takes its standard error. */
    public static Jvm start(List<String> command, Path errors) throws IOException {
        return start(new ProcessBuilder(command), errors);
    }

    /** The same, in a folder where it may write what it likes. */
    public static Jvm startIn(Path folder, List<String> command, Path errors) throws IOException {
        return start(new ProcessBuilder(command).directory(folder.toFile()), errors);
    }

    private static Jvm start(ProcessBuilder builder, Path errors) throws IOException {
        Jvm jvm = new Jvm(builder.redirectError(errors.toFile()).start(), errors);
        jvm.reader.setDaemon(true);
        jvm.reader.start();
        return jvm;
    }

    /** The line that starts with {@code ready}. Throws AssertionError if the JVM ends or a minute and a half passes without it. */
    public String awaitReady() throws InterruptedException {
        try {
            String line = ready.get(SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("ended before it was ready: " + errors());
            }
            return line;
        } catch (ExecutionException | TimeoutException late) {
            throw new AssertionError("not ready within " + SECONDS + " s: " + errors(), late);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the end that was asked for. Throws AssertionError if it does not come or is not a good one. */
    public void awaitEnd() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end within " + SECONDS + " s: " + errors());
        }
        reader.join();
        if (process.exitValue() != 0) {
            throw new AssertionError("exit code " + process.exitValue() + ": " + errors());
        }
    }

    /** All lines on standard output; after {@link #awaitEnd}. */
    public List<String> output() {
        return output;
    }

    /** All of standard error so far. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                output.add(line);
                if (line.startsWith("ready ")) {
                    ready.complete(line);
                }
            }
            ready.complete(null);
        } catch (IOException broken) {
            ready.completeExceptionally(broken);
        }
    }
}
