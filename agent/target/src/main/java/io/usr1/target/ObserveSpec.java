package io.usr1.target;

/**
 * Acquisitions of a lock in a method that are timed and counted, nothing else.
 *
 * @param role   the word for them in events: {@code get}, {@code insert}, {@code takeover}, {@code timer}, ...
 * @param method where; of the name {@code *}: every method of the class that takes the lock and that the target names nowhere else
 * @param lock   id of the lock
 */
public record ObserveSpec(String role, MethodRef method, String lock) {

    /** {@code Class#*}. */
    public static final String EVERY = "*";

    public boolean everyMethod() {
        return method.name().equals(EVERY);
    }
}
