package io.usr1.cli.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Our agent's MBeans in another JVM, by the JDK's own local connector, which needs no port from anybody. One thread. */
public final class AgentBeans implements AutoCloseable {

    private static final int LOOKS = 50;
    private static final int PAUSE_MILLIS = 100;

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName agent;

    private AgentBeans(long pid, JMXConnector connector) throws IOException, JMException {
        this.pid = pid;
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
        this.agent = new ObjectName("io.usr1:type=Agent");
    }

    /** @param url of the JVM's local connector */
    static AgentBeans of(long pid, String url) throws UnreachableException {
        try {
            return new AgentBeans(pid, JMXConnectorFactory.connect(new JMXServiceURL(url)));
        } catch (IOException | JMException fault) {
            throw new UnreachableException("the MBeans of process " + pid + " cannot be reached (" + fault.getMessage() + ")");
        }
    }

    /** Waits for them: the agent registers them once somebody, as this, has made the MBean server. False if they do not come. */
    public boolean areThere() throws UnreachableException {
        try {
            for (int i = 0; i < LOOKS && !server.isRegistered(agent); i++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return server.isRegistered(agent);
        } catch (IOException fault) {
            throw gone(fault);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Version, mode, and a line for each target and loader. */
    public List<String> state() throws UnreachableException {
        try {
            List<String> state = new ArrayList<>();
            state.add("version " + server.getAttribute(agent, "Version") + ", mode " + server.getAttribute(agent, "Mode"));
            state.addAll(List.of((String[]) server.getAttribute(agent, "Targets")));
            return state;
        } catch (IOException | JMException fault) {
            throw gone(fault);
        }
    }

    /** @param file absolute; written by the JVM */
    public void dumpDiagnostics(String file) throws UnreachableException {
        try {
            server.invoke(agent, "dumpDiagnostics", new Object[] {file}, new String[] {String.class.getName()});
        } catch (IOException | JMException fault) {
            throw gone(fault);
        }
    }

    @Override public void close() {
        try {
            connector.close();
        } catch (IOException gone) {
            // It has ended; there is nothing left to close.
        }
    }

    private UnreachableException gone(Exception fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return new UnreachableException("the agent in process " + pid + " did not answer (" + cause + ")");
    }
}
