package io.usr1.cli.report;

import java.util.HashSet;
import java.util.Set;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;

/** The fields of one event type. One that is not there, or of another kind, reads as null or 0: recordings live longer than versions, and may be made up. */
final class Fields {

    private final Set<String> texts = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();

    Fields(EventType type) {
        for (ValueDescriptor field : type.getFields()) {
            switch (field.getTypeName()) {
                case "java.lang.String" -> texts.add(field.getName());
                case "int", "long" -> numbers.add(field.getName());
                default -> { }
            }
        }
    }

    String text(RecordedEvent event, String field) {
        return texts.contains(field) ? event.getValue(field) : null;
    }

    long number(RecordedEvent event, String field) {
        return numbers.contains(field) ? Math.max(0, ((Number) event.getValue(field)).longValue()) : 0;
    }
}
