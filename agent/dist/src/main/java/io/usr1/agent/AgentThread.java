package io.usr1.agent;

import io.usr1.agent.control.Control;
import java.util.concurrent.TimeUnit;

/** The agent's one thread, a daemon: starts the events off the application's threads then follows the mode and forgets loaders that are gone. */
final class AgentThread {

    private static final long PERIOD_MILLIS = 100;
    /** Beans are for people and scrapers. */
    private static final int CONTROL_EVERY = 5;

    private AgentThread() {
    }

    static void start(ModeWatch mode, EventsSwitch events, WeavingTransformer transformer, Control control) {
        Thread thread = new Thread(null, () -> run(mode, events, transformer, control), "usr1-agent", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentThread.class.getClassLoader());
        thread.start();
    }

    private static void run(ModeWatch mode, EventsSwitch events, WeavingTransformer transformer, Control control) {
        events.start();
        for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
            mode.look();
            events.look();
            transformer.look();
            if (round % CONTROL_EVERY == 0) {
                control.look();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
