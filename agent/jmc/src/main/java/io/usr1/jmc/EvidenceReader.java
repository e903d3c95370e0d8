package io.usr1.jmc;

import io.usr1.findings.Evidence;
import io.usr1.findings.Gate;
import io.usr1.findings.Role;
import io.usr1.findings.Wait;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** Turns what Mission Control loaded into {@link Evidence}. */
final class EvidenceReader {

    static final String CONTENTION = "io.usr1.LockContention";
    static final String TAKEOVER = "io.usr1.Takeover";
    static final String STATISTICS = "io.usr1.PoolStatistics";
    static final String TOTALS = "io.usr1.PoolTotals";
    static final String GATE = "io.usr1.GateState";
    static final String REWRITE = "io.usr1.Rewrite";
    static final String VIOLATION = "io.usr1.Violation";
    static final String SETTINGS = "io.usr1.AgentSettings";

    /** Items come by type and thread, and of these the last one counts; the others are added up, and may be millions. */
    private static final Set<String> LAST_COUNTS = Set.of(GATE, REWRITE, SETTINGS);

    /** All rules are asked about the same items, each on a thread of its own; a recording may hold millions of waits. */
    private static final Map<IItemCollection, WeakReference<Evidence>> READ = new WeakHashMap<>();

    private EvidenceReader() {
    }

    static synchronized Evidence read(IItemCollection items) {
        WeakReference<Evidence> known = READ.get(items);
        Evidence evidence = known == null ? null : known.get();
        if (evidence == null) {
            evidence = gather(items);
            READ.put(items, new WeakReference<>(evidence));
        }
        return evidence;
    }

    private static Evidence gather(IItemCollection items) {
        Evidence evidence = new Evidence();
        at(RulesToolkit.getEarliestStartTime(items), evidence);
        at(RulesToolkit.getLatestEndTime(items), evidence);
        List<Later> later = new ArrayList<>();
        for (IItemIterable array : items.apply(ItemFilters.typeMatches("io\\.usr1\\..*"))) {
            Fields fields = new Fields(array.getType());
            Consumer<IItem> reader = reader(array.getType().getIdentifier(), fields, evidence);
            if (LAST_COUNTS.contains(array.getType().getIdentifier())) {
                array.forEach(item -> later.add(new Later(fields.start(item), () -> reader.accept(item))));
            } else if (reader != null) {
                array.forEach(reader);
            }
        }
        later.sort(Comparator.comparingLong(Later::start));
        later.forEach(each -> each.task().run());
        return evidence;
    }

    private static void at(IQuantity time, Evidence evidence) {
        if (time != null) {
            evidence.at(time.clampedLongValueIn(UnitLookup.EPOCH_NS));
        }
    }

    private static Consumer<IItem> reader(String type, Fields of, Evidence evidence) {
        return switch (type) {
            case CONTENTION -> item -> evidence.wait(new Wait(of.text("target", item), of.text("pool", item), of.text("role", item),
                    of.text("site", item), of.text("previousOwnerName", item), of.text("previousOwnerRole", item),
                    of.text("previousOwnerSite", item), of.start(item), of.duration(item)));
            case STATISTICS -> item -> evidence.statistics(new Role(of.text("target", item), of.text("role", item), of.count("acquired", item),
                    of.count("contended", item), of.count("bypassed", item), of.count("needless", item), of.count("guarded", item),
                    of.nanos("waitTime", item), of.count("failedTries", item), of.count("violations", item), of.count("droppedEvents", item)));
            case GATE -> item -> evidence.gate(new Gate(of.text("target", item), of.text("loader", item), of.text("mode", item),
                    of.text("state", item), of.text("reason", item)));
            case REWRITE -> item -> evidence.rewrite(of.text("target", item), of.text("loader", item), of.text("reason", item));
            case VIOLATION -> item -> evidence.violation(of.text("site", item), of.text("what", item), of.text("found", item), of.text("assumed", item));
            case SETTINGS -> item -> evidence.settings(of.text("version", item), of.text("mode", item), of.text("targets", item));
            default -> null;
        };
    }

    private record Later(long start, Runnable task) {
    }
}
