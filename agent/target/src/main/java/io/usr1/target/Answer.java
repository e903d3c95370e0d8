package io.usr1.target;

/** What a bypassed method, or a skipped call, yields. */
public sealed interface Answer {

    /** A {@code void} method or call: nothing. */
    record Nothing() implements Answer {
        @Override public String toString() {
            return "nothing";
        }
    }

    /** An int or boolean (0, 1), or the null reference. */
    record Constant(Integer value) implements Answer {
        @Override public String toString() {
            return String.valueOf(value);
        }
    }

    /** An argument as it came. */
    record Argument(int index) implements Answer {
        @Override public String toString() {
            return "arg" + index;
        }
    }

    /** Whether an argument is not null. */
    record ArgumentNotNull(int index) implements Answer {
        @Override public String toString() {
            return "arg" + index + " != null";
        }
    }
}
