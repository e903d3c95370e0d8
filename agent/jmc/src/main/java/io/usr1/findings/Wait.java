package io.usr1.findings;

/**
 * One wait for a pool's lock. Any text may be null: not recorded, or not known.
 *
 * @param ownerRole what the thread that held the lock had taken it for
 * @param startNanos since the epoch
 * @param nanos how long it took
 */
public record Wait(String target, String pool, String role, String site, String owner, String ownerRole, String ownerSite,
        long startNanos, long nanos) {
}
