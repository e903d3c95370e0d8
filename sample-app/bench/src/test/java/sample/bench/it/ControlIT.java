package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javax.management.Attribute;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent over JMX, as JMC's MBean browser and jconsole reach it: by attaching, without a port. */
class ControlIT {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void isSeenAndSwitchedOverJmx(Jdk jdk) throws Exception {
        Path loaded = folder.resolve("loaded.log");
        try (RunningProxy proxy = new ProxyCommand(jdk, folder, "control").agent("bypass")
                .jvm("-Dusr1.target.sample-proxy.mode=observe", "-Xlog:class+load:file=" + loaded).start()) {
            proxy.load(1, 4, 200);
            String classes = Files.readString(loaded);
            assertTrue(classes.contains("io.usr1.agent.control.ControlBeans"), "the beans' side has started");
            assertFalse(classes.contains("java.util.logging.LogManager "), "the agent makes neither an MBean server nor a log manager");
            assertFalse(classes.contains("sun.management.ManagementFactoryHelper "), "the agent does not ask for the platform's MBean server");

            VirtualMachine vm = VirtualMachine.attach(String.valueOf(proxy.pid()));
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(vm.startLocalManagementAgent()))) {
                usedBy(connector.getMBeanServerConnection(), proxy);
            } finally {
                vm.detach();
            }
            Ended ended = proxy.stop();
            ended.assertServed();
            ended.assertSilent();
            ended.assertAgentAgrees();
        }
    }

    private static void usedBy(MBeanServerConnection beans, RunningProxy proxy) throws Exception {
        ObjectName agent = await(beans, "io.usr1:type=Agent");
        ObjectName target = await(beans, "io.usr1:type=Target,target=\"sample-proxy\",loader=*");
        assertEquals("bypass", beans.getAttribute(agent, "Mode"));
        assertEquals("observe", beans.getAttribute(target, "Mode"), "the target's own mode at start");
        assertEquals("shut", beans.getAttribute(target, "State"));
        assertEquals(0L, beans.getAttribute(target, "Bypassed"));
        assertTrue(count(beans, target, "wake", "acquired") > 0, "locked wakes");
        assertEquals(0, ((String[]) beans.getAttribute(target, "Refusals")).length);

        beans.setAttribute(target, new Attribute("Mode", ""));
        assertEquals("open", beans.getAttribute(target, "State"), "follows usr1.mode again, at once");
        proxy.load(2, 4, 200);
        assertTrue((long) beans.getAttribute(target, "Bypassed") > 0);
        awaitEqualAtRest(beans, target);
        double ratio = (double) beans.getAttribute(target, "BypassRatio");
        assertTrue(ratio > 0 && ratio <= 1, "bypass ratio " + ratio);

        assertEquals("the breaker of target sample-proxy has not tripped; the gate is open, the mode is bypass", beans.invoke(target, "resetBreaker", new Object[0], new String[0]));
        String wrong = assertThrows(RuntimeMBeanException.class, () -> beans.setAttribute(agent, new Attribute("Mode", "bypas"))).getMessage();
        assertTrue(wrong.contains("usr1.mode is 'bypas'; expected off, observe, audit or bypass"), wrong);
        beans.setAttribute(agent, new Attribute("Mode", "audit"));
        assertEquals("audit", beans.getAttribute(target, "Mode"));
        assertEquals("target sample-proxy in loader app: shut", ((String[]) beans.getAttribute(agent, "Targets"))[0]);
    }

    /** The proxy closes the load's last connections after the load has ended, and those wakes count too: only at rest do the two agree. */
    private static void awaitEqualAtRest(MBeanServerConnection beans, ObjectName target) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        long attribute;
        long row;
        do {
            attribute = (long) beans.getAttribute(target, "Bypassed");
            row = count(beans, target, "wake", "bypassed");
        } while (attribute != row && System.nanoTime() < deadline);
        assertEquals(attribute, row, "the attribute and the role's row");
    }

    private static long count(MBeanServerConnection beans, ObjectName target, String role, String what) throws Exception {
        CompositeData row = ((TabularData) beans.getAttribute(target, "Roles")).get(new Object[] {role});
        return (long) ((CompositeData) row.get("value")).get(what);
    }

    /** Starting the management agent makes the platform's MBean server; the agent finds it at its next look. */
    static ObjectName await(MBeanServerConnection beans, String pattern) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            Set<ObjectName> names = beans.queryNames(new ObjectName(pattern), null);
            if (!names.isEmpty()) {
                return names.iterator().next();
            }
        }
        throw new AssertionError("no bean " + pattern + " within a minute");
    }
}
