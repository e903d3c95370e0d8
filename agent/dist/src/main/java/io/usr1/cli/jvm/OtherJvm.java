package io.usr1.cli.jvm;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.usr1.entry.Launcher;
import java.io.IOException;
import java.util.List;
import java.util.Properties;

/** A JVM of this machine that answers. One thread. */
public final class OtherJvm implements AutoCloseable {

    private static final String MARKER = "io.usr1.agent";
    private static final String ANSWER = "io.usr1.agent.answer";
    /** JDK 17 takes no longer arguments. */
    private static final int MAX_ARGUMENT = 1000;

    private final long pid;
    private final VirtualMachine vm;

    private OtherJvm(long pid, VirtualMachine vm) {
        this.pid = pid;
        this.vm = vm;
    }

    public static OtherJvm of(long pid) throws UnreachableException {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw new UnreachableException("this Java has no module jdk.attach; run the command with a JDK");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw none(String.valueOf(pid));
        }
        try {
            return new OtherJvm(pid, VirtualMachine.attach(String.valueOf(pid)));
        } catch (AttachNotSupportedException no) {
            throw new UnreachableException(String.valueOf(no.getMessage()).contains("does not support the attach mechanism")
                    ? "process " + pid + " forbids attaching (-XX:+DisableAttachMechanism); start it with -javaagent:usr1-agent.jar instead"
                    : "process " + pid + " does not answer as a JVM does (" + no.getMessage() + "); jps lists the JVMs of this user");
        } catch (IOException fault) {
            throw new UnreachableException("process " + pid + " cannot be reached (" + fault.getMessage() + "); run the command as the user of that process");
        }
    }

    public static UnreachableException none(String pid) {
        return new UnreachableException("there is no process " + pid + "; jps lists the JVMs of this user");
    }

    public long pid() {
        return pid;
    }

    /** Its system properties. */
    public Properties properties() throws UnreachableException {
        try {
            return vm.getSystemProperties();
        } catch (IOException fault) {
            throw gone(fault);
        }
    }

    /** The options it was started with, as one line; those of {@code JAVA_TOOL_OPTIONS} are among them. */
    public String arguments() throws UnreachableException {
        try {
            return vm.getAgentProperties().getProperty("sun.jvm.args", "");
        } catch (IOException fault) {
            throw gone(fault);
        }
    }

    /** How our agent came there; null if it is not there. */
    public String agent() throws UnreachableException {
        return properties().getProperty(MARKER);
    }

    /**
     * Has our agent attached or detached there.
     *
     * @return what it did, a sentence each
     */
    public List<String> tell(String verb) throws UnreachableException {
        try {
            String jar = Launcher.jar().getAbsolutePath();
            if (jar.length() + verb.length() > MAX_ARGUMENT) {
                throw new UnreachableException("the options are longer than attaching allows; put the target files into one folder and name that");
            }
            vm.loadAgent(jar, verb);
        } catch (AgentLoadException no) {
            throw new UnreachableException(String.valueOf(no.getMessage()).contains("Dynamic agent loading is not enabled")
                    ? "process " + pid + " forbids agents that come later (-XX:-EnableDynamicAgentLoading); start it with -javaagent:usr1-agent.jar instead"
                    : "process " + pid + " does not take the agent (" + no.getMessage() + ")");
        } catch (AgentInitializationException no) {
            throw new UnreachableException("the agent could not start in process " + pid + " (" + no.getMessage() + "); its standard error may say more");
        } catch (IOException fault) {
            throw gone(fault);
        }
        return answer();
    }

    /** Our agent's MBeans; starts the JVM's local connector, which is the JDK's own and stays. */
    public AgentBeans beans() throws UnreachableException {
        try {
            return AgentBeans.of(pid, vm.startLocalManagementAgent());
        } catch (IOException fault) {
            throw gone(fault);
        }
    }

    @Override public void close() {
        try {
            vm.detach();
        } catch (IOException gone) {
            // It has ended; there is nothing left to close.
        }
    }

    private List<String> answer() throws UnreachableException {
        List<String> lines = properties().getProperty(ANSWER, "").lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals("ok")) {
            throw new UnreachableException(lines.size() < 2 ? "the agent in process " + pid + " did not answer; its standard error may say why" : lines.get(1));
        }
        return lines.subList(1, lines.size());
    }

    private UnreachableException gone(IOException fault) {
        return new UnreachableException("process " + pid + " no longer answers (" + fault.getMessage() + ")");
    }
}
