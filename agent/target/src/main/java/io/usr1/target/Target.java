package io.usr1.target;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One target: where a connection pool inserts idle connections, where they are attached again, and which per-connection
 * code takes the pool's lock only to learn whether the connection is (still) idle.
 *
 * @param name         as in {@code usr1.target.NAME.mode} and in events
 * @param description  one sentence, may be empty
 * @param carrier      the class that bears the flag
 * @param ownership    why a region may trust the flag
 * @param locks        the pool's locks, by id
 * @param sets         where a carrier is marked before its connection becomes reachable from the idle list
 * @param clears       where it is marked after its connection left
 * @param regions      lock regions to bypass
 * @param observed     acquisitions to time, beside those of the regions
 * @param source       file and line, for messages
 */
public record Target(String name, String description, CarrierSpec carrier, Ownership ownership, List<LockSpec> locks,
                     List<MarkSpec> sets, List<MarkSpec> clears, List<RegionSpec> regions, List<ObserveSpec> observed,
                     Source source) {

    public Target {
        locks = List.copyOf(locks);
        sets = List.copyOf(sets);
        clears = List.copyOf(clears);
        regions = List.copyOf(regions);
        observed = List.copyOf(observed);
    }

    /** The classes that are rewritten, by binary name: nothing else is ever touched. */
    public Set<String> wovenClasses() {
        Set<String> names = new LinkedHashSet<>();
        names.add(carrier.type());
        sets.forEach(mark -> names.add(mark.method().owner()));
        clears.forEach(mark -> names.add(mark.method().owner()));
        regions.forEach(region -> names.add(region.method().owner()));
        observed.forEach(site -> names.add(site.method().owner()));
        return names;
    }

    /** The lock of that id; the reader has checked that it exists. */
    public LockSpec lock(String id) {
        return locks.stream().filter(lock -> lock.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no lock '" + id + "' in target " + name));
    }
}
