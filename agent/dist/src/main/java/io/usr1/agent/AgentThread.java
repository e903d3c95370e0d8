package io.usr1.agent;

import java.util.concurrent.TimeUnit;

/** The agent's one thread, a daemon: starts the events off the application's threads then follows the mode and forgets loaders that are gone. */
final class AgentThread {

    private static final long PERIOD_MILLIS = 100;

    private AgentThread() {
    }

    static void start(ModeWatch mode, EventsSwitch events, WeavingTransformer transformer) {
        Thread thread = new Thread(null, () -> run(mode, events, transformer), "usr1-agent", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentThread.class.getClassLoader());
        thread.start();
    }

    private static void run(ModeWatch mode, EventsSwitch events, WeavingTransformer transformer) {
        events.start();
        while (!Thread.currentThread().isInterrupted()) {
            mode.look();
            events.look();
            transformer.look();
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
