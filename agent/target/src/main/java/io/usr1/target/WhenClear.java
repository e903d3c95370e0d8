package io.usr1.target;

/** What a read inside the region yields when the flag is clear. */
public sealed interface WhenClear {

    Known known();

    /** A read of a field. */
    record FieldRead(FieldRef field, Known known) implements WhenClear {
        @Override public String toString() {
            return field + " is " + known;
        }
    }

    /** A call of a method without parameters, of one object. It is not called then. */
    record Call(MethodRef method, Known known) implements WhenClear {
        @Override public String toString() {
            return method + " is " + known;
        }
    }

    /** What is known of the value. {@code NOT_NULL} alone lets the read stand: which object it is remains to be read. */
    enum Known {
        FALSE("false"), TRUE("true"), ZERO("0"), NULL("null"), NOT_NULL("not-null");

        private final String word;

        Known(String word) {
            this.word = word;
        }

        @Override public String toString() {
            return word;
        }
    }
}
