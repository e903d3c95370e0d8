package io.usr1.agent;

import io.usr1.agent.control.AgentMXBean;
import io.usr1.agent.control.Modes;
import io.usr1.runtime.Gate;
import java.io.IOException;
import java.nio.file.Path;

/** The agent as JMX sees it. Any thread. */
final class AgentBean implements AgentMXBean {

    private final Modes modes;
    private final WeavingTransformer transformer;
    private final Diagnostics diagnostics;

    AgentBean(Modes modes, WeavingTransformer transformer, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
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

    @Override public void dumpDiagnostics(String file) throws IOException {
        diagnostics.write(Path.of(file));
    }

    private static String line(LoaderTarget target) {
        Gate gate = target.gate();
        String state = gate == null ? "refused: " + target.refused().get(0)
                : gate.state() + (gate.shutReason() == null ? "" : ": " + gate.shutReason());
        return "target " + target.targetName() + " in loader " + target.loaderName() + ": " + state;
    }
}
