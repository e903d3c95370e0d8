package io.usr1.target;

import java.util.List;

/**
 * A method, by the binary name of its class.
 *
 * @param parameters parameter types as Java source writes them ({@code int}, {@code java.lang.Object},
 *                   {@code byte[]}); null if the target leaves them out, which is allowed while the name is unique
 */
public record MethodRef(String owner, String name, List<String> parameters) {

    public MethodRef {
        parameters = parameters == null ? null : List.copyOf(parameters);
    }

    @Override public String toString() {
        return owner + "#" + name + (parameters == null ? "" : "(" + String.join(", ", parameters) + ")");
    }
}
