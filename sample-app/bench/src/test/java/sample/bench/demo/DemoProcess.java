package sample.bench.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sample.bench.stub.StubJars;
import sample.bench.stub.StubProxy;

/** The demo in a JVM of its own, with stubs for the proxy and the agent. */
record DemoProcess(Process process, BufferedReader output, Path out) implements AutoCloseable {

    static DemoProcess start(Path directory, Class<? extends StubProxy> proxy, String... more) throws IOException {
        Path target = Files.writeString(directory.resolve("target.yaml"), "");
        List<String> command = new ArrayList<>(interruptible());
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp", System.getProperty("java.class.path"), Demo.class.getName(),
                "--proxy", StubJars.proxy(directory, proxy).toString(), "--agent", StubJars.agent(directory).toString(),
                "--target", target.toString(), "--out", directory.resolve("out").toString(),
                "--locks", "reentrant", "--clients", "8"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new DemoProcess(process, process.inputReader(), directory.resolve("out"));
    }

    /** A process started in the background may inherit that SIGINT is ignored, and hands that on; a terminal's does not. */
    private static List<String> interruptible() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.exists(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 1 << 2 - 1) != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
    }

    /** All that the demo still has to say; returns at its end. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
