package io.usr1.agent;

import io.usr1.agent.control.AgentMXBean;
import io.usr1.agent.control.Modes;
import io.usr1.runtime.Gate;

/** The agent as JMX sees it. Any thread. */
final class AgentBean implements AgentMXBean {

    private final Modes modes;
    private final WeavingTransformer transformer;

    AgentBean(Modes modes, WeavingTransformer transformer) {
        this.modes = modes;
        this.transformer = transformer;
    }

    @Override public String getVersion() {
        return Version.NUMBER;
    }

    @Override public String getMode() {
        return modes.mode();
    }

    @Override public void setMode(String mode) {
        modes.mode(mode);
    }

    @Override public String[] getTargets() {
        return transformer.all().stream().filter(LoaderTarget::decided).map(AgentBean::line).toArray(String[]::new);
    }

    private static String line(LoaderTarget target) {
        Gate gate = target.gate();
        String state = gate == null ? "refused: " + target.refused().get(0)
                : gate.state() + (gate.shutReason() == null ? "" : ": " + gate.shutReason());
        return "target " + target.targetName() + " in loader " + target.loaderName() + ": " + state;
    }
}
