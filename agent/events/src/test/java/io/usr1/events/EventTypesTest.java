package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Experimental;
import jdk.jfr.FlightRecorder;
import jdk.jfr.MemoryAddress;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JDK Mission Control needs of an event type, and the settings file held against the types. */
class EventTypesTest {

    private static final Set<String> OF_JFR = Set.of("startTime", "duration", "eventThread", "stackTrace");

    /** Never summed or charted, so a long without a unit may stand. */
    private static final Set<String> PLAIN_LONGS = Set.of("previousOwnerId");

    private static Events events;

    /** Periods are settings only once the hooks are registered. */
    @BeforeAll static void register() {
        FlightRecorder.getFlightRecorder();
        events = Events.start(new Options(() -> new Settings("", "", "", ""), 1, line -> { }));
    }

    @AfterAll static void unregister() {
        events.close();
    }

    static Stream<EventType> types() {
        return Chunks.EVENTS.stream().map(EventType::getEventType);
    }

    @ParameterizedTest @MethodSource("types")
    void typeSaysWhatItIs(EventType type) {
        assertTrue(type.getName().matches("io\\.usr1\\.[A-Z][A-Za-z]+"), type.getName());
        assertHeadline(type.getLabel());
        assertNotNull(type.getDescription());
        assertEquals(List.of("usr1-agent", "Pool Locks"), type.getCategoryNames());
        assertNull(type.getAnnotation(Experimental.class), "hidden in JDK Mission Control");
    }

    @ParameterizedTest @MethodSource("types")
    void everyFieldCanBeReadAndCharted(EventType type) {
        for (ValueDescriptor field : type.getFields()) {
            if (!OF_JFR.contains(field.getName())) {
                String name = type.getName() + "." + field.getName();
                assertNotNull(field.getLabel(), name);
                assertHeadline(field.getLabel());
                assertNotNull(field.getDescription(), name);
                Timespan time = field.getAnnotation(Timespan.class);
                assertTrue(time == null || time.value().equals(Timespan.NANOSECONDS), name + ": JDK Mission Control knows no MICROSECONDS");
                boolean unit = time != null || field.getAnnotation(MemoryAddress.class) != null;
                assertTrue(!field.getTypeName().equals("long") || unit || PLAIN_LONGS.contains(field.getName()),
                        name + " is a plain long: neither summed nor charted");
            }
        }
    }

    @Test void contentionUsesTheJdksFieldIds() {
        EventType type = EventType.getEventType(LockContention.class);
        assertEquals("java.lang.Class", type.getField("monitorClass").getTypeName());
        assertEquals("java.lang.Thread", type.getField("previousOwner").getTypeName());
        assertNotNull(type.getField("address").getAnnotation(MemoryAddress.class));
    }

    /** What no file names runs with its annotations: one event an acquisition must not. */
    @Test void onlyTheEventsOfEachOperationAreOffByDefault() {
        assertEquals(Set.of("io.usr1.LockAcquisition", "io.usr1.Takeover", "io.usr1.Insert", "io.usr1.Attach", "io.usr1.StaleWake"), types().filter(type -> defaultOf(type, "enabled").equals("false"))
                .map(EventType::getName).collect(Collectors.toSet()));
        assertEquals("10 us", defaultOf(EventType.getEventType(LockContention.class), "threshold"));
    }

    @Test void aLockIsRelatedThroughAllEventsThatHaveOne() {
        for (Class<? extends Event> type : List.of(LockContention.class, LockAcquisition.class, Takeover.class)) {
            assertRelated(type, "address", "io.usr1.LockIdentity");
        }
    }

    @Test void aCarrierIsRelatedThroughAllEventsThatHaveOne() {
        for (Class<? extends Event> type : List.of(Insert.class, Attach.class, StaleWake.class)) {
            assertRelated(type, "carrier", "io.usr1.CarrierIdentity");
        }
    }

    private static void assertRelated(Class<? extends Event> type, String field, String relation) {
        assertTrue(EventType.getEventType(type).getField(field).getAnnotationElements().stream().anyMatch(each -> each.getTypeName().equals(relation)
                && each.getAnnotationElements().stream().anyMatch(on -> on.getTypeName().equals("jdk.jfr.Relational"))), type.getName());
    }

    @ParameterizedTest @ValueSource(strings = {"usr1.jfc", "usr1-detailed.jfc"})
    void settingsFileNamesEveryEventAndNothingElse(String file) throws Exception {
        Map<String, String> settings = settingsFile(file);
        Set<String> known = new TreeSet<>();
        types().forEach(type -> {
            assertNotNull(settings.get(type.getName() + "#enabled"), type.getName() + " has no enabled setting in " + file);
            type.getSettingDescriptors().forEach(setting -> known.add(type.getName() + "#" + setting.getName()));
        });
        assertEquals(Set.of(), settings.keySet().stream().filter(key -> !known.contains(key)).collect(Collectors.toSet()));
    }

    /** So that a recording with and one without the file do not differ. */
    @Test void settingsFileSaysWhatTheAnnotationsSay() throws Exception {
        Map<String, String> settings = settingsFile("usr1.jfc");
        types().forEach(type -> type.getSettingDescriptors().forEach(setting -> {
            String inFile = settings.get(type.getName() + "#" + setting.getName());
            assertTrue(inFile == null || inFile.equals(setting.getDefaultValue()),
                    type.getName() + "#" + setting.getName() + " is " + inFile + " in usr1.jfc, " + setting.getDefaultValue() + " in the class");
        }));
    }

    static Map<String, String> settingsFile(String name) throws Exception {
        try (Reader file = new InputStreamReader(Chunks.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            return Configuration.create(file).getSettings();
        }
    }

    private static String defaultOf(EventType type, String setting) {
        return type.getSettingDescriptors().stream().filter(found -> found.getName().equals(setting))
                .map(SettingDescriptor::getDefaultValue).findFirst().orElseThrow();
    }

    private static void assertHeadline(String label) {
        assertTrue(label.matches("([A-Z][A-Za-z0-9]*)( [A-Z][A-Za-z0-9]*)*"), label);
    }
}
