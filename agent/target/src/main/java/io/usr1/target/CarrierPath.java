package io.usr1.target;

import java.util.List;

/**
 * How woven code reaches the carrier: a root and then fields. Prints as the target writes it, {@code arg0.tasklet}.
 *
 * @param argument index of the argument the path starts from, -1 for {@code this}
 * @param fields   names of instance fields, maybe none
 */
public record CarrierPath(int argument, List<String> fields) {

    public static final int THIS = -1;

    public CarrierPath {
        fields = List.copyOf(fields);
    }

    @Override public String toString() {
        String root = argument == THIS ? "this" : "arg" + argument;
        return fields.isEmpty() ? root : root + "." + String.join(".", fields);
    }
}
