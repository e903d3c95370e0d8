package io.usr1.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One target: where a connection pool inserts idle connections, where they are attached again, and which per-connection
 * code takes the pool's lock only to learn whether the connection is (still) idle.
 *
 * @param name         as in {@code usr1.target.NAME.mode} and in events
 * @param description  one sentence, may be empty
 * @param fingerprints by version, the digest of the classes that the proof reads; empty if any version may be tried
 * @param reads        more classes that the proof is to read, by binary name, because they call what it looks at
 * @param handsOut     methods that hand out what the proof rests on: the first call shuts the gate for good, before it does anything
 * @param carriers     the classes that bear the flag, one for each layer of a connection; mostly one, none if the target only observes
 * @param ownership    why a region may trust the flag; null if there is none
 * @param orderedBy    id of the lock inside which every SET and CLEAR stands; null if the owner's thread orders them
 * @param locks        the pool's locks, by id
 * @param sets         where a carrier is marked before its connection becomes reachable from the idle list
 * @param clears       where it is marked after its connection left
 * @param unlinks      where a connection is about to leave the list, under the lock: a clear flag there trips the breaker
 * @param bypasses     what is done without the lock
 * @param observed     acquisitions to time, beside those of the bypasses
 * @param listed       how audit sees that a connection is in the list; null if it cannot
 * @param stolen       how audit sees that a carrier's connection was taken over; null if it cannot
 * @param optIn        whether it is used only where {@code usr1.target.NAME.mode} names it
 * @param source       file and line, for messages
 */
public record Target(String name, String description, Map<String, String> fingerprints, List<String> reads, List<MethodRef> handsOut, List<CarrierSpec> carriers,
                     Ownership ownership, String orderedBy, List<LockSpec> locks, List<MarkSpec> sets, List<MarkSpec> clears,
                     List<MarkSpec> unlinks, List<Bypass> bypasses, List<ObserveSpec> observed, WhenClear listed, WhenClear stolen,
                     boolean optIn, Source source) {

    public Target {
        fingerprints = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprints));
        reads = List.copyOf(reads);
        handsOut = List.copyOf(handsOut);
        carriers = List.copyOf(carriers);
        locks = List.copyOf(locks);
        sets = List.copyOf(sets);
        clears = List.copyOf(clears);
        unlinks = List.copyOf(unlinks);
        bypasses = List.copyOf(bypasses);
        observed = List.copyOf(observed);
    }

    /** The classes that are rewritten, by binary name: nothing else is ever touched. */
    public Set<String> wovenClasses() {
        Set<String> names = new LinkedHashSet<>();
        carriers.forEach(carrier -> names.add(carrier.type()));
        Stream.of(sets, clears, unlinks).flatMap(List::stream).forEach(mark -> names.add(mark.method().owner()));
        bypasses.forEach(bypass -> names.add(bypass.method().owner()));
        observed.forEach(site -> names.add(site.method().owner()));
        handsOut.forEach(method -> names.add(method.owner()));
        return names;
    }

    /** The carrier of the first layer, the only one but in a target with several; null if the target only observes. */
    public CarrierSpec carrier() {
        return carriers.isEmpty() ? null : carriers.get(0);
    }

    /** The bypasses of kind {@code region}. */
    public List<RegionSpec> regions() {
        return bypasses.stream().filter(RegionSpec.class::isInstance).map(RegionSpec.class::cast).toList();
    }

    /** The lock of that id; the reader has checked that it exists. */
    public LockSpec lock(String id) {
        return locks.stream().filter(lock -> lock.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no lock '" + id + "' in target " + name));
    }

    /** The same for a bypass that may have none. */
    public Optional<LockSpec> lock(Bypass bypass) {
        return Optional.ofNullable(bypass.lock()).map(this::lock);
    }
}
