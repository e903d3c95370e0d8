package io.usr1.agent.control;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The agent's side of JMX. Works, silently, in a JVM without {@code java.management}. The agent's thread only.
 *
 * <p>Refers to no class of {@code javax.management}: {@link ControlBeans}, which does, is reached only where the boot
 * layer holds that module.
 */
public final class Control {

    private final ControlBeans beans;
    private final Consumer<String> log;
    private boolean failed;

    private Control(ControlBeans beans, Consumer<String> log) {
        this.beans = beans;
        this.log = log;
    }

    /**
     * @param targets those that are there now; asked on the agent's thread
     * @param log     gets one sentence if JMX does not work
     */
    public static Control of(AgentMXBean agent, Modes modes, Supplier<List<? extends Controlled>> targets, Consumer<String> log) {
        boolean there = ModuleLayer.boot().findModule("java.management").isPresent();
        return new Control(there ? new ControlBeans(agent, modes, targets) : null, log);
    }

    /** To be called now and then. */
    public void look() {
        run(() -> beans.look());
    }

    /** Takes all beans out. */
    public void close() {
        run(() -> beans.close());
    }

    private void run(Step step) {
        if (beans == null || failed) {
            return;
        }
        try {
            step.run();
        } catch (Throwable fault) {
            failed = true;
            log.accept("The MBeans are not kept up to date, because JMX failed with " + fault + ". Everything else works without them.");
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
