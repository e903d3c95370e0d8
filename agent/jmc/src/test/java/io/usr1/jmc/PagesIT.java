package io.usr1.jmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmc.common.util.StateToolkit;
import org.openjdk.jmc.common.util.StatefulState;

class PagesIT {

    @TempDir private Path folder;

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void everythingResolvesAgainstARecording(Jdk jdk) throws Exception {
        PagesCheck check = new PagesCheck(MissionControl.items(jdk, Scenario.EVERYTHING));
        assertEquals(List.of(), check.check(read(shipped())));
        assertEquals(13, check.pages());
    }

    /** The check is worth something only if it sees what is wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "id=\"pool:text\" | id=\"pol:text\" | page io.usr1.pages.1.contention.pool has no column pol:text",
        "id=\"duration:timespan\" | id=\"duration:number\" | page io.usr1.pages.1.overview has no column duration:number",
        "groupBy=\"pool\" | groupBy=\"lock\" | page io.usr1.pages.1.contention.pool groups by lock, which is not there",
        "type=\"io.usr1.PoolTotals\" | type=\"io.usr1.PoolTotal\" | page io.usr1.pages.1.waittime shows no event of this recording",
        "lineChartAttributes=\"bypassRatio:percentage | lineChartAttributes=\"bypassRatio:text | page io.usr1.pages.1.bypass cannot chart bypassRatio:text",
        "duration:timespan;Maximum Duration | duration:timespan;Highest Duration | page io.usr1.pages.1.contention.pool cannot draw duration:timespan;Highest Duration",
        "contention.role\" | contention.pool\" | page io.usr1.pages.1.contention.pool has an id that another page has"})
    void wrongPagesAreSeen(String found, String wrong, String complaint) throws Exception {
        String shipped = shipped();
        assertTrue(shipped.contains(found), found);
        PagesCheck check = new PagesCheck(MissionControl.items(Jdks.all().get(0), Scenario.EVERYTHING));
        List<String> complaints = check.check(read(shipped.replaceFirst(Pattern.quote(found), wrong)));
        assertTrue(complaints.contains(complaint), complaints::toString);
    }

    private StatefulState read(String pages) throws Exception {
        File file = Files.writeString(folder.resolve("pages.xml"), pages).toFile();
        return StatefulState.create(StateToolkit.statefulFromXMLFile(file, StandardCharsets.UTF_8));
    }

    private static String shipped() throws Exception {
        Locale.setDefault(Locale.ENGLISH); // Mission Control looks aggregators up by their names in its own language.
        try (InputStream in = FindingRule.class.getResourceAsStream("/usr1-pages.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
