package io.usr1.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code region}, {@code answer} and {@code skip}. */
final class BypassReader {

    private static final Set<String> REGION =
            Set.of("method", "role", "carrier", "lock", "when-clear", "when", "omit", "may-call", "owner");
    private static final Set<String> ANSWER = Set.of("method", "role", "carrier", "lock", "when-clear", "when", "answer", "pure");
    private static final Set<String> SKIP =
            Set.of("method", "role", "call", "on", "nth", "carrier", "lock", "when-clear", "when", "result", "pure");
    private static final Pattern ARGUMENT = Pattern.compile("arg(\\d{1,3})( != null)?");

    private final Names names;
    private final ReadReader reads;
    private final LockReader locks;

    BypassReader(Names names, ReadReader reads, LockReader locks) {
        this.names = names;
        this.reads = reads;
        this.locks = locks;
    }

    List<Bypass> bypasses(Section root) throws TargetException {
        List<Bypass> bypasses = new ArrayList<>();
        for (Section region : root.sections("region", REGION)) {
            bypasses.add(new RegionSpec(names.method(region, "method"), role(region), carrier(region), locks.id(region, "lock"),
                    reads.whenClear(region), when(region), names.methods(region, "omit"), names.methods(region, "may-call"),
                    region.has("owner") ? names.path(region, "owner") : null));
        }
        for (Section answer : root.sections("answer", ANSWER)) {
            bypasses.add(new AnswerSpec(names.method(answer, "method"), role(answer), carrier(answer), locks.id(answer, "lock"),
                    reads.whenClear(answer), when(answer), answer(answer, "answer"), names.methods(answer, "pure")));
        }
        for (Section skip : root.sections("skip", SKIP)) {
            bypasses.add(new SkipSpec(names.method(skip, "method"), role(skip), reads.callSite(skip), names.path(skip, "carrier"),
                    skip.has("lock") ? locks.id(skip, "lock") : null, reads.whenClear(skip), when(skip), answer(skip, "result"),
                    names.methods(skip, "pure")));
        }
        return bypasses;
    }

    private static String role(Section bypass) throws TargetException {
        return bypass.text("role", "wake");
    }

    private CarrierPath carrier(Section bypass) throws TargetException {
        CarrierPath carrier = names.path(bypass, "carrier");
        if (carrier.root() != CarrierPath.Root.THIS && carrier.root() != CarrierPath.Root.ARGUMENT) {
            throw bypass.wrong("carrier", "'" + carrier + "' is not there when the method starts; expected this or an argument");
        }
        return carrier;
    }

    private Condition when(Section bypass) throws TargetException {
        Condition when = reads.condition(bypass);
        if (when != null && when.root() == CarrierPath.Root.RETURNED) {
            throw bypass.wrong("when", "nothing is returned before the bypass; expected a condition on an argument");
        }
        return when;
    }

    private static Answer answer(Section bypass, String key) throws TargetException {
        String text = bypass.text(key);
        Matcher argument = ARGUMENT.matcher(text);
        if (argument.matches()) {
            int index = Integer.parseInt(argument.group(1));
            return argument.group(2) == null ? new Answer.Argument(index) : new Answer.ArgumentNotNull(index);
        }
        if (text.matches("-?\\d{1,9}")) {
            return new Answer.Constant(Integer.valueOf(text));
        }
        return switch (text) {
            case "nothing" -> new Answer.Nothing();
            case "null" -> new Answer.Constant(null);
            case "true" -> new Answer.Constant(1);
            case "false" -> new Answer.Constant(0);
            default -> throw bypass.wrong(key, "'" + key + "' is '" + text
                    + "'; expected true, false, null, a number, nothing, arg0, arg1, ... or arg0 != null");
        };
    }
}
