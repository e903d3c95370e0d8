package io.usr1.cli;

import io.usr1.weaver.ClassSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Counts the classes that are read, and says so on a terminal if somebody has been waiting for two seconds. */
final class Progress implements ClassSource, AutoCloseable {

    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long BETWEEN_NANOS = 200_000_000L;
    private static final String BACK_AND_ERASE = "\r\u001B[K";

    private final ClassSource classes;
    private final PrintWriter terminal;
    private final LongSupplier clock;
    private final long start;
    private long said;
    private int read;

    /**
     * @param terminal null if standard error is none
     * @param clock    nanoseconds
     */
    Progress(ClassSource classes, PrintWriter terminal, LongSupplier clock) {
        this.classes = classes;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** Only Linux tells a JVM what its standard error is; elsewhere it counts as none. */
    static boolean onTerminal() {
        try {
            String name = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException | InvalidPathException unknown) {
            return false;
        }
    }

    @Override public byte[] bytes(String binaryName) {
        read++;
        long now = clock.getAsLong() - start;
        if (terminal != null && now >= PATIENCE_NANOS && (said == 0 || now - said >= BETWEEN_NANOS)) {
            said = now;
            terminal.print(BACK_AND_ERASE + "reading classes: " + read);
            terminal.flush();
        }
        return classes.bytes(binaryName);
    }

    /** Leaves the line empty. */
    @Override public void close() {
        if (said != 0) {
            terminal.print(BACK_AND_ERASE);
            terminal.flush();
        }
    }
}
