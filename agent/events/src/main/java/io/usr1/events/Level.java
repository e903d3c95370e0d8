package io.usr1.events;

import java.util.List;
import jdk.jfr.Event;

/** The most that is recorded, whatever recordings ask for. What they do record is up to their settings. */
public enum Level {

    /** Nothing: Flight Recorder is left alone. Audit findings are still logged. */
    OFF,
    /** Nothing that comes once an operation. */
    DEFAULT,
    /** All. */
    DETAILED;

    /** Events that are not to be there. */
    List<Class<? extends Event>> withheld() {
        return this == DETAILED ? List.of() : List.of(LockAcquisition.class, Takeover.class, Insert.class, Attach.class, StaleWake.class);
    }
}
