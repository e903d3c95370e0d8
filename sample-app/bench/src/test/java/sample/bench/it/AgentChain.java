package sample.bench.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;

/** A proxy's command line with several agents, in the order in which they are named here. */
final class AgentChain {

    private static final Path OTHERS = Path.of(System.getProperty("test.others"));

    private final Path folder;
    private final ProxyCommand command;

    AgentChain(Jdk jdk, Path folder) {
        this.folder = folder;
        this.command = Faults.command(jdk, folder);
    }

    /** All of them in the order of the words. */
    static AgentChain of(Jdk jdk, Path folder, String... names) throws IOException {
        AgentChain chain = new AgentChain(jdk, folder);
        for (String name : names) {
            switch (name) {
                case "usr1" -> chain.command.agent("bypass");
                case "retransform" -> chain.command.jvm("-javaagent:" + TestAgent.build("RetransformAgent", folder, ProxyCommand.AGENT) + "=" + chain.done());
                case "jacoco" -> chain.jacoco("");
                case "jacoco-without-pool" -> chain.jacoco(",excludes=sample.proxy.*");
                case "opentelemetry" -> chain.openTelemetry();
                case "opentelemetry-with-pool" -> chain.openTelemetry().command.jvm("-Dotel.instrumentation.methods.include=sample.proxy.IdleConns[insert,get]");
                default -> throw new IllegalArgumentException(name);
            }
        }
        return chain;
    }

    ProxyCommand command() {
        return command;
    }

    /** Made by the agent that retransforms. */
    Path done() {
        return folder.resolve("done");
    }

    /** What JaCoCo leaves behind. */
    Path coverage() {
        return folder.resolve("jacoco.exec");
    }

    private void jacoco(String more) {
        command.jvm("-javaagent:" + OTHERS.resolve("jacoco.jar") + "=destfile=" + coverage() + more);
    }

    /** It appends to the boot path, of which the JVM says that it shares less then. */
    private AgentChain openTelemetry() {
        command.jvm("-Xshare:off", "-javaagent:" + OTHERS.resolve("opentelemetry.jar"), "-Dotel.javaagent.logging=none",
                "-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none");
        return this;
    }
}
