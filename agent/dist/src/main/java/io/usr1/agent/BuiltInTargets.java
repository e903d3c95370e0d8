package io.usr1.agent;

import io.usr1.entry.BuiltIns;
import io.usr1.target.BuiltIn;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;

/** The built-in targets of which no class was seen yet. Each is read when the first class that it waits for is. */
final class BuiltInTargets {

    private final BuiltIns rows;
    private final Logger log;
    private final Set<String> unmet = ConcurrentHashMap.newKeySet();

    BuiltInTargets(BuiltIns rows, Logger log) {
        this.rows = rows;
        this.log = log;
        unmet.addAll(rows.names());
    }

    Set<String> names() {
        return unmet;
    }

    /** As {@link BuiltIns#optedIn}. */
    Set<String> optedIn() {
        return rows.optedIn();
    }

    /** True if one was. */
    boolean removeIf(Predicate<String> named) {
        return unmet.removeIf(named);
    }

    /** Whether {@link #metBy} would yield something. Any thread. */
    boolean waitFor(String internalName) {
        return rows.waitingFor(internalName).stream().anyMatch(unmet::contains);
    }

    /** The targets that waited for that class; {@link #met} is to follow. The caller sees to it that only one thread asks. */
    List<Target> metBy(String internalName) {
        List<Target> met = new ArrayList<>();
        for (String name : rows.waitingFor(internalName)) {
            if (unmet.contains(name)) {
                try {
                    met.add(BuiltIn.read(name));
                } catch (TargetException | RuntimeException | LinkageError fault) {
                    log.error("the built-in target {} cannot be read ({}); it is not used", name, fault.getMessage());
                }
            }
        }
        return met;
    }

    /** From now on nothing waits for that class. Not before the targets that did are in place: another thread asks without a lock. */
    void met(String internalName) {
        rows.waitingFor(internalName).forEach(unmet::remove);
    }
}
