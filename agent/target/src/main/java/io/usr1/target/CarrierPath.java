package io.usr1.target;

import java.util.List;

/**
 * How woven code reaches the carrier: a root and then steps. Prints as the target writes it, {@code arg0.tasklet}.
 * Whatever is null on the way, or of another type than a cast says, means "no carrier": the lock is taken.
 *
 * @param root  where the path starts
 * @param index number of the argument for {@link Root#ARGUMENT} and {@link Root#PASSED}, else 0
 * @param steps maybe none
 */
public record CarrierPath(Root root, int index, List<Step> steps) {

    public CarrierPath {
        steps = List.copyOf(steps);
    }

    /** Where a path starts. */
    public enum Root {
        /** {@code this}. */
        THIS("this"),
        /** {@code argN}: an argument of the method; of a lambda's body its captured values come first. */
        ARGUMENT("arg"),
        /** {@code returned}: what the method, or the call after which a mark stands, returned. */
        RETURNED("returned"),
        /** {@code passedN}: an argument of the call before or after which a mark stands, or that is skipped. */
        PASSED("passed"),
        /** {@code each}: all elements of the collection that the call before which a mark stands is made on. */
        EACH("each");

        private final String word;

        Root(String word) {
            this.word = word;
        }
    }

    /** From one object to the next. */
    public sealed interface Step {

        /** An instance field; also {@code val$x}, a value that an inner class captured. */
        record Field(String name) implements Step {
            @Override public String toString() {
                return "." + name;
            }
        }

        /** {@code (Type)}: the object if it is of that class, else nothing. */
        record Cast(String type) implements Step {
            @Override public String toString() {
                return "(" + type + ")";
            }
        }

        /** {@code [argN]}: what a {@code ConcurrentHashMap} holds for an argument of the method. */
        record Lookup(int argument) implements Step {
            @Override public String toString() {
                return "[arg" + argument + "]";
            }
        }
    }

    @Override public String toString() {
        String start = root == Root.ARGUMENT || root == Root.PASSED ? root.word + index : root.word;
        return start + String.join("", steps.stream().map(Step::toString).toList());
    }
}
