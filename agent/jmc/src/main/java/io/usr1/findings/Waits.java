package io.usr1.findings;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;

/** Waits, added up as a whole and by what they have in common. */
public final class Waits {

    /** What waits are grouped by. A group's name is {@link #UNKNOWN} where the recording does not say. */
    public enum By {
        POOL("pool", Wait::pool),
        ROLE("role", Wait::role),
        SITE("site", Wait::site),
        OWNER("previous owner", Wait::owner),
        OWNER_SITE("previous owner's site", Wait::ownerSite);

        private final String label;
        private final Function<Wait, String> key;

        By(String label, Function<Wait, String> key) {
            this.label = label;
            this.key = key;
        }

        public String label() {
            return label;
        }
    }

    public static final String UNKNOWN = "unknown";

    /** A recording of threads without number must not fill the memory; what comes after so many groups is added up in one. */
    private static final int GROUPS = 1000;
    private static final String OTHERS = "all others";

    private final Totals all = new Totals();
    private final Totals convoys = new Totals();
    private final Totals heldFor = new Totals();
    private final Map<By, Map<String, Totals>> groups = new LinkedHashMap<>();

    void add(Wait wait) {
        all.add(wait.nanos());
        for (By by : By.values()) {
            String name = by.key.apply(wait);
            group(by, name == null ? UNKNOWN : name).add(wait.nanos());
        }
        if (wait.ownerRole() != null) {
            heldFor.add(wait.nanos());
            if ("takeover".equals(wait.ownerRole()) && wait.role() != null && wait.role().startsWith("wake")) {
                convoys.add(wait.nanos());
            }
        }
    }

    public Totals all() {
        return all;
    }

    /** Wakes that waited for a takeover to be over. */
    Totals convoys() {
        return convoys;
    }

    /** Waits whose recording says what the lock was held for. */
    Totals heldFor() {
        return heldFor;
    }

    /** The groups, the one that cost most first. */
    public List<Entry<String, Totals>> by(By by) {
        return groups.getOrDefault(by, Map.of()).entrySet().stream()
                .sorted(Comparator.comparingLong((Entry<String, Totals> group) -> group.getValue().nanos()).reversed()).toList();
    }

    private Totals group(By by, String name) {
        Map<String, Totals> named = groups.computeIfAbsent(by, key -> new LinkedHashMap<>());
        return named.computeIfAbsent(named.size() < GROUPS || named.containsKey(name) ? name : OTHERS, key -> new Totals());
    }
}
