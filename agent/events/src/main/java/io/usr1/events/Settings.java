package io.usr1.events;

/**
 * What a recording says about the agent; no part is null.
 *
 * @param version of the agent
 * @param mode what {@code usr1.mode} says now
 * @param counters {@code cheap} or {@code exact}
 * @param targets the targets that are on, separated by commas
 */
public record Settings(String version, String mode, String counters, String targets) {
}
