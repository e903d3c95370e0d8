package sample.bench.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Proxies with another agent that does something to the JVM and makes a file when it is done; under load meanwhile. */
final class UnderLoad implements AutoCloseable {

    private static final List<String> LOCKS = List.of("reentrant", "synchronized", "spin");
    private static final long MINUTES = 3;
    private static final int CLIENTS = 24;
    private static final int REQUESTS = 300;

    private final Map<RunningProxy, Path> proxies = new LinkedHashMap<>();
    private int round;

    /** One for each lock, each with {@code driver} after the agent. */
    UnderLoad(Jdk jdk, Path folder, Path driver) throws IOException, InterruptedException {
        for (String lock : LOCKS) {
            Path done = folder.resolve(lock + ".done");
            proxies.put(new ProxyCommand(jdk, folder, lock).jvm("-ea").agent("bypass").jvm("-javaagent:" + driver + "=" + done)
                    .proxy("--loops", "3", "--maxconn", "4", "--lock", lock).start(), done);
        }
    }

    /** A single one, which makes the file {@code done}. */
    UnderLoad(ProxyCommand command, Path done) throws IOException, InterruptedException {
        proxies.put(command.start(), done);
    }

    /** Loads all of them in turn until all are done, and once more. Throws AssertionError if that takes minutes. */
    void untilDone() throws IOException, InterruptedException {
        long start = System.nanoTime();
        boolean done;
        do {
            done = proxies.values().stream().allMatch(Files::exists);
            for (RunningProxy proxy : proxies.keySet()) {
                proxy.load(round, CLIENTS, REQUESTS);
            }
            round++;
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(MINUTES)) {
                throw new AssertionError("not done within " + MINUTES + " min after " + round + " rounds: " + end());
            }
        } while (!done);
    }

    /** Ends all of them, in good order. */
    List<Ended> end() throws IOException, InterruptedException {
        List<Ended> ended = new ArrayList<>();
        for (RunningProxy proxy : proxies.keySet()) {
            ended.add(proxy.stop());
        }
        return ended;
    }

    @Override
    public void close() {
        proxies.keySet().forEach(RunningProxy::close);
    }
}
