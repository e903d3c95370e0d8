package io.usr1.jmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.unit.LinearKindOfQuantity;
import org.openjdk.jmc.flightrecorder.internal.EventArray;
import org.openjdk.jmc.flightrecorder.jdk.JdkAttributes;

/** What Mission Control makes of the event types: their names, where they stand, and what can be summed and drawn. */
class EventTypesIT {

    private static final Set<String> OF_JFR = Set.of("(eventType)", "startTime", "duration", "(endTime)", "eventThread", "stackTrace");

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void areListedUnderOneCategoryWithLabelsAndDescriptions(Jdk jdk) throws Exception {
        Map<String, String> labels = new TreeMap<>();
        for (EventArray array : ours(jdk)) {
            IType<IItem> type = array.getType();
            labels.put(type.getIdentifier(), type.getName());
            assertEquals(List.of("usr1-agent", "Pool Locks"), Arrays.asList(array.getTypeCategory()), type.getIdentifier());
            assertFalse(type.getDescription().isBlank(), type.getIdentifier());
            MissionControl.attributes(type).forEach(attribute -> assertFalse(attribute.getName().isBlank(), attribute.getIdentifier()));
        }
        assertEquals(List.of("AgentSettings: Agent Settings", "Attach: Attach", "GateState: Gate State", "Insert: Insert",
                "LockAcquisition: Pool Lock Acquisition", "LockContention: Pool Lock Contention", "PoolStatistics: Pool Lock Statistics",
                "PoolTotals: Pool Lock Totals", "Rewrite: Rewrite Decision", "StaleWake: Stale Wake", "Takeover: Takeover", "Violation: Flag Violation"),
                labels.entrySet().stream().map(each -> each.getKey().replace("io.usr1.", "") + ": " + each.getValue()).toList());
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void everyFieldHasAContentTypeAndCountersCanBeDrawn(Jdk jdk) throws Exception {
        Set<String> kinds = new TreeSet<>();
        Set<String> drawn = new TreeSet<>();
        for (EventArray array : ours(jdk)) {
            for (IAttribute<?> attribute : MissionControl.attributes(array.getType())) {
                if (!OF_JFR.contains(attribute.getIdentifier())) {
                    kinds.add(attribute.getContentType().getIdentifier());
                    if (attribute.getContentType() instanceof LinearKindOfQuantity) {
                        drawn.add(attribute.getIdentifier());
                    } else {
                        assertFalse(attribute.getContentType().getIdentifier().equals("raw number")
                                && !attribute.getIdentifier().equals("previousOwnerId"), attribute.getIdentifier() + " cannot be summed");
                    }
                }
            }
        }
        assertEquals(Set.of("address", "boolean", "class", "number", "percentage", "raw number", "text", "thread", "timespan"), kinds);
        assertTrue(drawn.containsAll(Set.of("acquired", "contended", "bypassed", "bypassRatio", "needless", "guarded", "waitTime", "failedTries",
                "violations", "droppedEvents", "clearRatio", "takeovers", "holdTime", "queueLength", "sites")), drawn::toString);
    }

    /** So that Mission Control groups our waits as it does those for monitors. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void waitsHaveTheJdksFields(Jdk jdk) throws Exception {
        int looked = 0;
        for (EventArray array : ours(jdk)) {
            if (array.getType().getIdentifier().equals(EvidenceReader.CONTENTION)) {
                IItem wait = array.getEvents()[0];
                assertEquals("java.util.concurrent.locks.ReentrantLock", JdkAttributes.MONITOR_CLASS.getAccessor(array.getType()).getMember(wait).getFullName());
                assertTrue(JdkAttributes.MONITOR_ADDRESS.getAccessor(array.getType()).getMember(wait).longValue() != 0);
                assertEquals("main", JdkAttributes.MONITOR_PREVIOUS_OWNER.getAccessor(array.getType()).getMember(wait).getThreadName());
                looked++;
            }
        }
        assertTrue(looked > 0, "no wait was recorded");
    }

    /** A line is drawn through the events of one thread that stand in the order of their times. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void totalsAreOneArray(Jdk jdk) throws Exception {
        Set<EventArray> arrays = new HashSet<>(ours(jdk));
        arrays.removeIf(array -> !array.getType().getIdentifier().equals(EvidenceReader.TOTALS));
        assertEquals(1, arrays.size());
    }

    private static List<EventArray> ours(Jdk jdk) throws Exception {
        return Arrays.stream(MissionControl.arrays(jdk, Scenario.EVERYTHING))
                .filter(array -> array.getType().getIdentifier().startsWith("io.usr1.") && array.getEvents().length > 0).toList();
    }
}
