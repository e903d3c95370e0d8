package io.usr1.target;

import io.usr1.target.WhenClear.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what speaks of single instructions: reads and their values, call sites, conditions. */
final class ReadReader {

    private static final Set<String> READ = Set.of("field", "call", "on", "is");

    private final Names names;

    ReadReader(Names names) {
        this.names = names;
    }

    List<WhenClear> whenClear(Section section) throws TargetException {
        List<WhenClear> lines = new ArrayList<>();
        for (Section read : section.sections("when-clear", READ)) {
            lines.add(read(read));
        }
        return lines;
    }

    /** A sign by which audit sees a state of the connection; null if the key is absent. */
    WhenClear sign(Section root, String key) throws TargetException {
        if (!root.has(key)) {
            return null;
        }
        Section section = root.section(key, Set.of("field", "call", "is"));
        WhenClear sign = read(section);
        if (sign.known() == Known.NOT_CARRIER) {
            throw section.wrong("is", "'not-carrier' is no state of one connection; expected another word");
        }
        return sign;
    }

    CallSite callSite(Section section) throws TargetException {
        int nth = 0;
        if (section.has("nth")) {
            String text = section.text("nth");
            if (!text.matches("[1-9][0-9]?")) {
                throw section.wrong("nth", "'nth' is '" + text + "'; expected 1, 2, ...");
            }
            nth = Integer.parseInt(text);
        }
        return new CallSite(names.method(section, "call"), section.has("on") ? names.field(section, "on") : null, nth);
    }

    /** Null if there is no {@code when}. */
    Condition condition(Section section) throws TargetException {
        if (!section.has("when")) {
            return null;
        }
        Section when = section.section("when", null);
        if (when.keys().size() != 1) {
            throw section.wrong("when", "'when' has " + when.keys().size() + " conditions; expected one, as in { returned: not-null }");
        }
        String subject = when.keys().iterator().next();
        Set<String> words = words();
        words.remove(Known.NOT_CARRIER.toString());
        return names.condition(when, subject, known(when.word(subject, words)));
    }

    private WhenClear read(Section read) throws TargetException {
        if (read.has("field") == read.has("call")) {
            throw new TargetException(read.source(), "this needs either 'field' or 'call'; found " + (read.has("field") ? "both" : "neither"));
        }
        Known known = known(read.word("is", words()));
        if (read.has("field")) {
            if (read.has("on")) {
                throw read.wrong("on", "'on' goes with 'call' only");
            }
            return new WhenClear.FieldRead(names.field(read, "field"), known);
        }
        if (known == Known.NOT_CARRIER) {
            throw read.wrong("is", "'not-carrier' is said of a field that links; found a call");
        }
        MethodRef method = names.method(read, "call");
        return read.has("on") ? new WhenClear.Asked(method, names.field(read, "on"), known) : new WhenClear.Call(method, known);
    }

    private static Known known(String word) {
        return Arrays.stream(Known.values()).filter(value -> value.toString().equals(word)).findFirst().orElseThrow();
    }

    private static Set<String> words() {
        return new TreeSet<>(Arrays.stream(Known.values()).map(Known::toString).toList());
    }
}
