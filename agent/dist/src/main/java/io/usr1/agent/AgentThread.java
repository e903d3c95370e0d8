package io.usr1.agent;

import io.usr1.agent.control.Control;
import java.util.concurrent.TimeUnit;

/** The agent's one thread, a daemon: starts the events off the application's threads, then follows the mode and forgets loaders that are gone. */
final class AgentThread {

    private static final long PERIOD_MILLIS = 100;
    /** Beans are for people and scrapers. */
    private static final int CONTROL_EVERY = 5;
    private static final long PATIENCE_MILLIS = 10_000;

    private final ModeWatch mode;
    private final EventsSwitch events;
    private final WeavingTransformer transformer;
    private final Control control;
    private final Thread thread;
    private volatile boolean stopped;

    AgentThread(ModeWatch mode, EventsSwitch events, WeavingTransformer transformer, Control control) {
        this.mode = mode;
        this.events = events;
        this.transformer = transformer;
        this.control = control;
        this.thread = new Thread(null, this::run, "usr1-agent", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentThread.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Takes out beans and events, and waits for the end; false if it does not come. */
    boolean stop() throws InterruptedException {
        stopped = true;
        thread.join(PATIENCE_MILLIS);
        return !thread.isAlive();
    }

    private void run() {
        events.start();
        for (int round = 0; !stopped; round++) {
            mode.look();
            events.look();
            transformer.look();
            if (round % CONTROL_EVERY == 0) {
                control.look();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException notOurs) {
                // Nobody has a reason to; the agent is stopped by its flag.
            }
        }
        control.close();
        events.close();
    }
}
