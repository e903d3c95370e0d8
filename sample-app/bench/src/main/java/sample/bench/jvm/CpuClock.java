package sample.bench.jvm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time of a process from one reading to the next: what the scheduler has given to each of its threads, in nanoseconds. The time of
 * the process as a whole comes in hundredths of a second, which is as much as a short round takes. Linux only.
 */
public final class CpuClock {

    private final Path threads;
    private Map<String, Long> last = Map.of();

    /** Of the process with this id. Throws IllegalStateException with a sentence if it cannot be read. */
    public CpuClock(long pid) throws IOException {
        this.threads = Path.of("/proc", String.valueOf(pid), "task");
        if (!Files.exists(threads.resolve(pid + "/schedstat"))) {
            throw new IllegalStateException("there is no " + threads + "/*/schedstat, the CPU time of a process's threads; this needs Linux");
        }
        lap();
    }

    /** Since the last call; what threads had that ended meanwhile is lost. */
    public long lap() throws IOException {
        Map<String, Long> now = read();
        long sum = now.entrySet().stream().mapToLong(thread -> thread.getValue() - last.getOrDefault(thread.getKey(), 0L)).sum();
        last = now;
        return sum;
    }

    private Map<String, Long> read() throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                try {
                    String run = Files.readString(thread.resolve("schedstat"));
                    nanos.put(thread.getFileName().toString(), Long.parseLong(run.substring(0, run.indexOf(' '))));
                } catch (IOException unreadable) {
                    if (Files.exists(thread)) {
                        throw unreadable;
                    }
                }
            }
        }
        return nanos;
    }
}
