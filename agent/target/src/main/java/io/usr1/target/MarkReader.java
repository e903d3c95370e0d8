package io.usr1.target;

import io.usr1.target.MarkSpec.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code set}, {@code clear} and {@code unlink}. */
final class MarkReader {

    private static final Set<String> MARK = Set.of("method", "at", "call", "on", "nth", "carrier", "when", "takes");
    private static final Set<String> PLACES = Set.of("entry", "exit", "before", "after");

    private final Names names;
    private final ReadReader reads;
    private final LockReader locks;

    MarkReader(Names names, ReadReader reads, LockReader locks) {
        this.names = names;
        this.reads = reads;
        this.locks = locks;
    }

    List<MarkSpec> marks(Section root, String key) throws TargetException {
        List<MarkSpec> marks = new ArrayList<>();
        for (Section mark : root.sections(key, MARK)) {
            marks.add(mark(mark, key));
        }
        return marks;
    }

    private MarkSpec mark(Section mark, String key) throws TargetException {
        At at = At.valueOf(mark.word("at", PLACES).toUpperCase(Locale.ROOT));
        boolean atCall = at == At.BEFORE || at == At.AFTER;
        if (key.equals("set") && at == At.EXIT) {
            throw mark.wrong("at", "a carrier is set at 'exit'; expected 'entry' or 'before' a call, because the flag must stand before the connection can be found");
        }
        for (String ofCall : List.of("call", "on", "nth")) {
            if (mark.has(ofCall) && !atCall) {
                throw mark.wrong(ofCall, "'" + ofCall + "' goes with 'at: before' or 'at: after' only; found 'at: " + mark.text("at") + "'");
            }
        }
        CarrierPath carrier = names.path(mark, "carrier");
        boolean fits = switch (carrier.root()) {
            case RETURNED -> at == At.EXIT || at == At.AFTER;
            case PASSED -> atCall;
            case EACH -> key.equals("set") && at == At.BEFORE && mark.has("on") && !mark.has("when");
            default -> true;
        };
        if (!fits) {
            throw mark.wrong("carrier", "'" + carrier + "' is not there at '" + mark.text("at") + "'; expected this or an argument of the method"
                    + (at == At.BEFORE ? ", or passed0, passed1, ...; 'each' goes with 'set', 'at: before', 'on' and without 'when'" : ""));
        }
        Condition when = reads.condition(mark);
        if (when != null && when.root() == CarrierPath.Root.RETURNED && at != At.EXIT && at != At.AFTER) {
            throw mark.wrong("when", "nothing is returned at '" + mark.text("at") + "'; expected 'at: exit' or 'at: after', or another condition");
        }
        return new MarkSpec(names.method(mark, "method"), at, atCall ? reads.callSite(mark) : null, carrier, when, takes(mark, key, carrier));
    }

    private String takes(Section mark, String key, CarrierPath carrier) throws TargetException {
        if (!mark.has("takes")) {
            return null;
        }
        if (!key.equals("set") || carrier.root() != CarrierPath.Root.PASSED || !mark.has("on") || mark.has("when")) {
            throw mark.wrong("takes", "'takes' goes with a 'set', 'at: before' a call, with 'on', of what is passed to it (passed0, passed1, ...), and without 'when'");
        }
        return locks.id(mark, "takes");
    }
}
