package io.usr1.target;

/**
 * Acquisitions of a lock in a method that are timed and counted, nothing else.
 *
 * @param role   the word for them in events: {@code get}, {@code insert}, {@code takeover}, {@code timer}, ...
 * @param method where
 * @param lock   id of the lock
 */
public record ObserveSpec(String role, MethodRef method, String lock) {
}
