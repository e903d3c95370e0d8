package sample.bench.jvm;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What figures were taken on: kept with them, so that a page need not say it by heart. */
public final class Machine {

    private Machine() {
    }

    /** Processors, their model, the operating system. */
    public static String describe() {
        return String.format("%d cores of %s, %s %s", Runtime.getRuntime().availableProcessors(), model(),
                System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** The same, with how busy the machine is now: figures of a busy one are to be taken anew. */
    public static String describeWithLoad() {
        double load = load();
        return describe() + (load < 0 ? "" : String.format(Locale.ROOT, "; load %.1f before the start", load));
    }

    /** Runnable threads over the last minute; negative where the system does not say. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).map(line -> line.replaceFirst(".*:\\s*", "").strip())
                    .findFirst().orElse("an unnamed model");
        } catch (IOException noSuchSystem) {
            return "an unnamed model";
        }
    }
}
