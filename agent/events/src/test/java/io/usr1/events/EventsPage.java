package io.usr1.events;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.EventType;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Percentage;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;

/** {@code docs/events.md}, from the event classes and the settings files. */
final class EventsPage {

    /** Flight Recorder's own; what is worth saying of them is in the type's description. */
    private static final Set<String> OF_JFR = Set.of("startTime", "duration", "eventThread", "stackTrace");

    private static final String HEAD = """
            # Events

            Generated from the event classes; a test holds this page equal to them. How to see them: [JDK Mission Control](jmc.md).
            All are in the category *usr1-agent / Pool Locks*. *default* is `usr1.jfc`, *detailed* is `usr1-detailed.jfc`
            (`java -jar usr1-agent.jar jfc` writes them); a recording without either file records them as in *default*.

            """;

    private EventsPage() {
    }

    static String render(List<EventType> types, Map<String, String> standard, Map<String, String> detailed) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| event | label | default | detailed |\n|---|---|---|---|\n");
        for (EventType type : types) {
            page.append("| [`").append(type.getName()).append("`](#").append(anchor(type)).append(") | ").append(type.getLabel())
                    .append(" | ").append(settings(type, standard)).append(" | ").append(settings(type, detailed)).append(" |\n");
        }
        types.forEach(type -> describe(type, page));
        return page.toString();
    }

    private static void describe(EventType type, StringBuilder page) {
        page.append("\n## ").append(type.getLabel()).append("\n`").append(type.getName()).append("`: ").append(type.getDescription()).append(".\n\n")
                .append("| field | label | kind | what it says |\n|---|---|---|---|\n");
        for (ValueDescriptor field : type.getFields()) {
            if (!OF_JFR.contains(field.getName())) {
                page.append("| `").append(field.getName()).append("` | ").append(field.getLabel()).append(" | ").append(kind(field))
                        .append(" | ").append(field.getDescription()).append(" |\n");
            }
        }
    }

    private static String settings(EventType type, Map<String, String> file) {
        String prefix = type.getName() + "#";
        if (!file.get(prefix + "enabled").equals("true")) {
            return "off";
        }
        String threshold = file.getOrDefault(prefix + "threshold", "0 ns");
        String period = file.get(prefix + "period");
        return "on" + (threshold.equals("0 ns") ? "" : ", from " + threshold) + (period == null ? "" : ", " + period(period))
                + (String.valueOf(file.get(prefix + "stackTrace")).equals("true") ? ", stack" : "");
    }

    private static String period(String period) {
        return switch (period) {
            case "beginChunk" -> "at the start of a chunk";
            case "everyChunk" -> "at the start and end of a chunk";
            default -> "every " + period;
        };
    }

    private static String kind(ValueDescriptor field) {
        if (field.getAnnotation(Timespan.class) != null) {
            return "time";
        }
        if (field.getAnnotation(Percentage.class) != null) {
            return "ratio";
        }
        if (field.getAnnotation(MemoryAddress.class) != null) {
            return "identity";
        }
        return switch (field.getTypeName()) {
            case "int" -> "count";
            case "long" -> "number";
            case "boolean" -> "yes or no";
            case "java.lang.String" -> "text";
            case "java.lang.Thread" -> "thread";
            case "java.lang.Class" -> "class";
            default -> throw new IllegalStateException("no word for " + field.getTypeName() + " of " + field.getName());
        };
    }

    private static String anchor(EventType type) {
        return type.getLabel().toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
