package io.usr1.target;

/** What a read under the lock yields when the flag is clear; also the sign by which audit sees that a connection is listed or stolen. */
public sealed interface WhenClear {

    Known known();

    /** Binary name of the class that the line speaks of. */
    String owner();

    /** A read of a field. */
    record FieldRead(FieldRef field, Known known) implements WhenClear {
        @Override public String owner() {
            return field.owner();
        }

        @Override public String toString() {
            return field + " is " + known;
        }
    }

    /** A call of a method without parameters, of one object. It is not called then. */
    record Call(MethodRef method, Known known) implements WhenClear {
        @Override public String owner() {
            return method.owner();
        }

        @Override public String toString() {
            return method + " is " + known;
        }
    }

    /**
     * A collection of the JDK is asked for the carrier, or asked to remove it. It is not asked then.
     *
     * @param method {@code contains(Object)}, {@code remove(Object)}, {@code get(Object)}, ... as the byte code names it
     * @param on     the field that holds the collection
     */
    record Asked(MethodRef method, FieldRef on, Known known) implements WhenClear {
        @Override public String owner() {
            return on.owner();
        }

        @Override public String toString() {
            return method + " on " + on + " is " + known;
        }
    }

    /** What is known of the value. {@code NOT_NULL} and {@code NOT_CARRIER} let the read stand: which object it is remains to be read. */
    enum Known {
        FALSE("false"), TRUE("true"), ZERO("0"), NULL("null"), NOT_NULL("not-null"),
        /** Of a field that links: whatever it holds, it is not a carrier whose flag is clear. */
        NOT_CARRIER("not-carrier");

        private final String word;

        Known(String word) {
            this.word = word;
        }

        @Override public String toString() {
            return word;
        }
    }
}
