package sample.bench.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of one sample proxy, in the order: JVM options, agents, the proxy's own options. */
final class ProxyCommand {

    static final Path AGENT = Path.of(System.getProperty("test.agent.jar"));
    static final Path PROXY = Path.of(System.getProperty("test.proxy.jar"));
    static final Path TARGET = Path.of(System.getProperty("test.target"));

    /** Many JVMs start at once: a request may have to wait for a slot until they have, and no timer is to fire in a scripted run. */
    private static final int PATIENCE_MILLIS = 25_000;

    private final Jdk jdk;
    private final Path folder;
    private final String name;
    private final List<String> jvm = new ArrayList<>();
    private final List<String> proxy = new ArrayList<>();
    private List<String> main = List.of("-jar", PROXY.toString());

    /** @param name tells the files of this proxy in {@code folder} from those of others */
    ProxyCommand(Jdk jdk, Path folder, String name) {
        this.jdk = jdk;
        this.folder = folder;
        this.name = name;
        jvm("-XX:+UseSerialGC", "-Xmx256m");
        proxy("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--counters-file", proxyCounters().toString(), "--exit-on-eof",
                "--connect-timeout", Integer.toString(PATIENCE_MILLIS));
    }

    /** The agent as it is meant to be used, with exact counters, and every woven class verified. */
    ProxyCommand agent(String mode) {
        return agent(mode, TARGET);
    }

    /** The same with another target. */
    ProxyCommand agent(String mode, Path target) {
        return jvm("-Xverify:all", "-javaagent:" + AGENT, "-Dusr1.mode=" + mode, "-Dusr1.targets=" + target).exactCounters();
    }

    /** Other classes than those of the proxy's jar. */
    ProxyCommand classPath(String path) {
        main = List.of("-cp", path, "sample.proxy.Main");
        return this;
    }

    ProxyCommand exactCounters() {
        return jvm("-Dusr1.counters=exact", "-Dusr1.counters.file=" + agentCounters());
    }

    ProxyCommand jvm(String... options) {
        jvm.addAll(List.of(options));
        return this;
    }

    ProxyCommand proxy(String... options) {
        proxy.addAll(List.of(options));
        return this;
    }

    /** For tests of many short lives, which pay for starting and not for running. */
    ProxyCommand startsQuickly() {
        return jvm("-XX:TieredStopAtLevel=1");
    }

    /** In front of the origin of all tests. */
    RunningProxy start() throws IOException, InterruptedException {
        return start(SharedOrigin.address());
    }

    RunningProxy start(String origin) throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(jvm);
        command.addAll(main);
        command.addAll(List.of("--server", origin));
        command.addAll(proxy);
        return new RunningProxy(name, Jvm.start(command, file(".err")), proxyCounters(), agentCounters());
    }

    private Path proxyCounters() {
        return file(".proxy.json");
    }

    private Path agentCounters() {
        return file(".agent.json");
    }

    private Path file(String suffix) {
        return folder.resolve(name + suffix);
    }
}
