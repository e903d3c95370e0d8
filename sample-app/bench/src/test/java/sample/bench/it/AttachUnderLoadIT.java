package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.usr1.testing.Jdks.Jdk;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes to a proxy that serves, sees its locks, and goes: no request is lost and nothing of it is left. */
class AttachUnderLoadIT {

    private static final ObjectName RECORDER = recorder();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void comesObservesAndGoes(Jdk jdk) throws Exception {
        Path witness = TestAgent.build("WitnessAgent", folder);
        try (RunningProxy proxy = new ProxyCommand(jdk, folder, "attached").jvm("-Xverify:all").proxy("--loops", "3", "--maxconn", "4").start()) {
            proxy.load(0, 8, 100);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                for (int round = 1; !enough.get(); round++) {
                    load(proxy, round);
                }
            });
            VirtualMachine vm = VirtualMachine.attach(String.valueOf(proxy.pid()));
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(vm.startLocalManagementAgent()))) {
                MBeanServerConnection beans = connector.getMBeanServerConnection();
                // Event classes are registered once Flight Recorder has started, and this starts it.
                beans.invoke(RECORDER, "newRecording", new Object[0], new String[0]);
                List<String> original = witness(vm, witness, "look:");
                for (int time = 0; time < 2; time++) {
                    assertTrue(command(jdk, "attach", proxy, "--target", ProxyCommand.TARGET.toString()).contains("observed only"));
                    List<String> woven = witness(vm, witness, "look:");
                    assertNotEquals(original, woven);
                    observes(ControlIT.await(beans, "io.usr1:type=Target,target=\"sample-proxy\",loader=*"), beans);
                    assertTrue(agentsThreads(beans).contains("usr1-agent"));
                    assertTrue(eventTypes(beans).contains("io.usr1.LockContention"));

                    assertTrue(command(jdk, "detach", proxy).contains("have their own bytes again"));
                    assertEquals(original, witness(vm, witness, "last:"), "what the JVM was given when the agent went");
                    assertEquals(0, beans.queryNames(new ObjectName("io.usr1:*"), null).size());
                    assertEquals(List.of(), agentsThreads(beans));
                    assertFalse(eventTypes(beans).contains("io.usr1."), "no event is left");
                }
            } finally {
                enough.set(true);
                vm.detach();
            }
            load.join();
            proxy.stop().assertServed();
        }
    }

    private static void observes(ObjectName target, MBeanServerConnection beans) throws Exception {
        assertEquals("shut", beans.getAttribute(target, "State"));
        assertTrue(String.valueOf(beans.getAttribute(target, "Reason")).contains("was loaded before the agent saw it"));
        long acquired = 0;
        // The load goes on, so it comes; the test's own patience is the runner's.
        while (acquired == 0) {
            CompositeData wake = ((TabularData) beans.getAttribute(target, "Roles")).get(new Object[] {"wake"});
            acquired = wake == null ? 0 : (long) ((CompositeData) wake.get("value")).get("acquired");
        }
        assertEquals(0L, beans.getAttribute(target, "Bypassed"));
    }

    private static ObjectName recorder() {
        try {
            return new ObjectName("jdk.management.jfr:type=FlightRecorder");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void load(RunningProxy proxy, int round) {
        try {
            proxy.load(round, 8, 100);
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }

    private List<String> witness(VirtualMachine vm, Path agent, String verb) throws Exception {
        Path seen = folder.resolve("seen");
        vm.loadAgent(agent.toString(), verb + seen);
        List<String> lines = Files.readAllLines(seen);
        assertTrue(lines.size() > 5, () -> "classes of the proxy: " + lines);
        return lines;
    }

    private static String command(Jdk jdk, String command, RunningProxy proxy, String... more) throws Exception {
        List<String> line = Stream.concat(Stream.of(jdk.java(), "-jar", ProxyCommand.AGENT.toString(), command, String.valueOf(proxy.pid())), Arrays.stream(more))
                .collect(Collectors.toList());
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static List<String> agentsThreads(MBeanServerConnection beans) throws Exception {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds())).filter(thread -> thread != null)
                .map(thread -> thread.getThreadName()).filter(name -> name.startsWith("usr1")).sorted().collect(Collectors.toList());
    }

    private static String eventTypes(MBeanServerConnection beans) throws Exception {
        CompositeData[] types = (CompositeData[]) beans.getAttribute(RECORDER, "EventTypes");
        return Arrays.stream(types).map(type -> (String) type.get("name")).collect(Collectors.joining(" "));
    }
}
