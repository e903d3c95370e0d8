package io.usr1.target;

/** A field, by the binary name of the class that declares it. Prints as {@code Class.field}. */
public record FieldRef(String owner, String name) {

    @Override public String toString() {
        return owner + "." + name;
    }
}
