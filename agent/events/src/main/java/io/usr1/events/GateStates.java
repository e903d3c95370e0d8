package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@link GateState}. A gate tells nobody when it opens or shuts (nothing in it may block), so it is looked at. Event thread only. */
final class GateStates {

    private record Seen(String mode, String state, String reason) {
    }

    private final Map<Gate, Seen> written = new HashMap<>();

    void all() {
        written.clear();
        changed();
    }

    void changed() {
        List<Gate> gates = Gates.all();
        for (Gate gate : gates) {
            Seen seen = look(gate);
            if (!seen.equals(written.put(gate, seen))) {
                write(gate, seen);
            }
        }
        written.keySet().retainAll(gates);
    }

    private static Seen look(Gate gate) {
        String mode = gate.mode().name().toLowerCase(Locale.ROOT);
        String state = gate.state();
        String reason = gate.shutReason();
        if (reason == null && !state.equals("open")) {
            reason = state.equals("waiting") ? "the woven classes are not initialised yet" : "usr1.mode is " + mode;
        }
        return new Seen(mode, state, reason);
    }

    private static void write(Gate gate, Seen seen) {
        GateState event = new GateState();
        event.target = gate.target();
        event.loader = gate.loader();
        event.mode = seen.mode();
        event.state = seen.state();
        event.reason = seen.reason();
        event.commit();
    }
}
