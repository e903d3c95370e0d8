package sample.bench.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import sample.bench.load.Origin;

/** The origin in a JVM of its own, on the demo's class path. */
public final class OriginProcess {

    private static final String READY = "ready origin=127.0.0.1:";

    private final Child child;

    private OriginProcess(Child child) {
        this.child = child;
    }

    static OriginProcess start(Plan plan) throws IOException {
        return start(plan.out().resolve("origin.log"));
    }

    /** Starts it and does not wait for it; {@code log} takes its standard error. */
    public static OriginProcess start(Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        List<String> command = List.of(java, "-cp", System.getProperty("java.class.path"), Origin.class.getName());
        return new OriginProcess(Child.start("origin", command, log));
    }

    /** Waits until the origin listens; returns where. */
    public InetSocketAddress awaitReady() throws IOException, InterruptedException {
        String line = child.awaitReady();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring(READY.length())));
    }

    /** Waits for its end. */
    public void stop() throws IOException, InterruptedException {
        child.endInput();
        child.awaitEnd(30, "the end of its input");
    }
}
