package io.usr1.agent;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was counted in class loaders that are no more, summed by target and site: after a redeployment the sums must not go
 * down. Of what is bypassed and not folded yet the carriers took up to 1023 each with them. Any thread.
 */
final class GoneLoaders {

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /** Of one target; {@code sites} by role and method, in the order of their numbers. */
    static final class Sum {
        private final String target;
        private final Map<List<String>, long[]> sites = new LinkedHashMap<>();
        private int loaders;
        private long violations;

        private Sum(String target) {
            this.target = target;
        }

        private Sum(Sum other) {
            target = other.target;
            loaders = other.loaders;
            violations = other.violations;
            other.sites.forEach((site, counts) -> sites.put(site, counts.clone()));
        }

        String target() {
            return target;
        }

        int loaders() {
            return loaders;
        }

        long violations() {
            return violations;
        }

        /** By role and method: as {@link #counts} has them. */
        Map<List<String>, long[]> sites() {
            return sites;
        }
    }

    /** Bypassed, acquired, contended, failed tries, nanoseconds waited. */
    static long[] counts(Site site) {
        return new long[] {site.bypassedCount(), site.acquiredCount(), site.contendedCount(), site.failedTryCount(), site.waitNanos()};
    }

    /** Adds a gate that is about to be dropped. */
    synchronized void add(Gate gate) {
        Sum sum = sums.computeIfAbsent(gate.target(), Sum::new);
        sum.loaders++;
        sum.violations += gate.violations();
        for (Site site : gate.sites()) {
            sum.sites.merge(List.of(site.role(), site.method()), counts(site), GoneLoaders::plus);
        }
    }

    /** As it is now. */
    synchronized List<Sum> sums() {
        List<Sum> copies = new ArrayList<>();
        sums.values().forEach(sum -> copies.add(new Sum(sum)));
        return copies;
    }

    private static long[] plus(long[] one, long[] other) {
        long[] sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }
}
