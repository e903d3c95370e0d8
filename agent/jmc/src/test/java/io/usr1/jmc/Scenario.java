package io.usr1.jmc;

/** What {@link ScenarioMain} does while it records. */
enum Scenario {
    /** Bypassing as it should be: four of five wakes find the flag clear, nobody waits. */
    HEALTHY,
    /** The same, not bypassing. */
    OBSERVED,
    /** Six threads on one ReentrantLock that is always held. */
    BLOCKED,
    /** The same load on a monitor, without the agent: what the JDK's own rule sees. */
    BLOCKED_PLAIN,
    /** A takeover that wakes the old owner inside the lock, again and again. */
    CONVOY,
    /** No wake ever finds the flag clear. */
    STUCK,
    /** The gate was shut for good, after a chunk in which it was open. */
    SHUT,
    /** The target was refused, for a reason that is not nice to HTML nor to message formats. */
    REFUSED,
    /** Audit finds clear flags where they must not be. */
    VIOLATED,
    /** An event of every type, at level detailed. */
    EVERYTHING
}
