package io.usr1.target;

import java.util.List;

/**
 * A method, by the binary name of its class; or the body of a lambda, by the call that it is handed to.
 *
 * @param parameters parameter types as Java source writes them ({@code int}, {@code java.lang.Object},
 *                   {@code byte[]}); null if the target leaves them out, which is allowed while the name is unique
 * @param lambdaTo   not null: the one lambda (or method reference to a private method) in the method that is an argument
 *                   of such a call
 */
public record MethodRef(String owner, String name, List<String> parameters, MethodRef lambdaTo) {

    public MethodRef {
        parameters = parameters == null ? null : List.copyOf(parameters);
    }

    public MethodRef(String owner, String name, List<String> parameters) {
        this(owner, name, parameters, null);
    }

    @Override public String toString() {
        return owner + "#" + name + (parameters == null ? "" : "(" + String.join(", ", parameters) + ")")
                + (lambdaTo == null ? "" : " -> " + lambdaTo);
    }
}
