package io.usr1.jmc;

import io.usr1.testing.Jdks.Jdk;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.internal.EventArray;
import org.openjdk.jmc.flightrecorder.internal.FlightRecordingLoader;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** Mission Control without its window. */
final class MissionControl {

    /** Of each recording by 25 it says that a thread has no field "virtual", which is true and does no harm. */
    private static final Logger READER = Logger.getLogger("org.openjdk.jmc.flightrecorder.internal.parser.v1");

    static {
        READER.setLevel(Level.SEVERE);
    }

    private MissionControl() {
    }

    static IItemCollection items(Jdk jdk, Scenario scenario) throws Exception {
        return JfrLoaderToolkit.loadEvents(Recorded.file(jdk, scenario).toFile());
    }

    /** As it is read: one array for each type and thread. The one way to a type's category. */
    static EventArray[] arrays(Jdk jdk, Scenario scenario) throws Exception {
        try (InputStream in = Files.newInputStream(Recorded.file(jdk, scenario))) {
            return FlightRecordingLoader.loadStream(in, false, true).getArrays();
        }
    }

    /** The columns that a page can show. Mission Control's window gets them in this way, deprecated or not. */
    @SuppressWarnings("deprecation")
    static List<IAttribute<?>> attributes(IType<IItem> type) {
        return type.getAttributes();
    }

    /** Of all rules, the JDK's and ours, by id. A rule that fails fails the test. */
    static Map<String, IResult> results(Jdk jdk, Scenario scenario) throws Exception {
        return results(items(jdk, scenario));
    }

    static Map<String, IResult> results(IItemCollection items) throws Exception {
        Map<String, IResult> results = new TreeMap<>();
        for (Map.Entry<IRule, Future<IResult>> each
                : RulesToolkit.evaluateParallel(RuleRegistry.getRules(), items, null, 0).entrySet()) {
            results.put(each.getKey().getId(), each.getValue().get());
        }
        return results;
    }
}
