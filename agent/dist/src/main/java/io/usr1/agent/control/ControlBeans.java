package io.usr1.agent.control;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * Registers the beans in the platform's MBean server once that exists. It is looked for and never asked for: asking would
 * make it, and an application that names its own builder or log manager must be the one that does. No port is opened.
 *
 * <p>The agent's thread only, apart from the beans themselves.
 */
final class ControlBeans {

    private static final String RUNTIME = "java.lang:type=Runtime";

    private final AgentMXBean agent;
    private final Modes modes;
    private final Supplier<List<? extends Controlled>> targets;
    private final Map<Controlled, ObjectName> registered = new HashMap<>();
    private final Set<ObjectName> names = new HashSet<>();
    private ObjectName agentName;
    private MBeanServer server;

    ControlBeans(AgentMXBean agent, Modes modes, Supplier<List<? extends Controlled>> targets) {
        this.agent = agent;
        this.modes = modes;
        this.targets = targets;
    }

    /** Registers what is new and takes out what is gone. */
    void look() throws JMException {
        if (server == null) {
            server = platform();
            if (server == null) {
                return;
            }
            agentName = new ObjectName("io.usr1:type=Agent");
            server.registerMBean(agent, agentName);
        }
        List<? extends Controlled> now = targets.get();
        for (Controlled target : now) {
            if (target.decided() && !registered.containsKey(target)) {
                ObjectName name = free(target);
                server.registerMBean(new TargetBean(target, modes), name);
                registered.put(target, name);
            }
        }
        for (Controlled gone : Set.copyOf(registered.keySet())) {
            if (!now.contains(gone)) {
                unregister(registered.remove(gone));
            }
        }
    }

    void close() throws JMException {
        for (ObjectName name : registered.values()) {
            unregister(name);
        }
        registered.clear();
        if (agentName != null) {
            unregister(agentName);
            agentName = null;
        }
        server = null;
    }

    private void unregister(ObjectName name) throws JMException {
        names.remove(name);
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }

    /** Two loaders may have one name, as after a redeployment. */
    private ObjectName free(Controlled target) throws JMException {
        for (int copy = 1;; copy++) {
            String loader = target.loaderName() + (copy == 1 ? "" : " (" + copy + ")");
            ObjectName name = new ObjectName("io.usr1:type=Target,target=" + ObjectName.quote(target.targetName()) + ",loader=" + ObjectName.quote(loader));
            if (names.add(name)) {
                return name;
            }
        }
    }

    private static MBeanServer platform() throws JMException {
        ObjectName runtime = new ObjectName(RUNTIME);
        for (MBeanServer candidate : MBeanServerFactory.findMBeanServer(null)) {
            if (candidate.isRegistered(runtime)) {
                return candidate;
            }
        }
        return null;
    }
}
