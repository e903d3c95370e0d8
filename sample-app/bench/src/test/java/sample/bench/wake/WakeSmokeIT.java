package sample.bench.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.wake.pool.LockKind;

/**
 * A benchmark that a busy machine cannot turn red and a lost bypass can: ratios within one JVM, out of short rounds in turns, against wide
 * bounds, measured anew before it complains. Figures come from {@link WakeBench}.
 */
class WakeSmokeIT {

    /** Half as much again is what cheap counters cost; a wake whose gate is shut takes more than ten times as long. */
    private static final double MOST_OF_PATCHED = 3;
    /** A lock that nobody else wants costs three times as much as the woven wake, at least. */
    private static final double LEAST_OF_LOCKED = 1.3;
    private static final int ATTEMPTS = 3;

    @TempDir
    private static Path folder;

    private static Path target;

    @BeforeAll
    static void writeTarget() throws IOException {
        try (InputStream yaml = WakeFork.class.getResourceAsStream(WakeFork.TARGET)) {
            target = folder.resolve(WakeFork.TARGET);
            Files.copy(yaml, target);
        }
    }

    static Stream<Arguments> kinds() {
        return Jdks.stream().flatMap(jdk -> Stream.of(LockKind.REENTRANT, LockKind.MONITOR, LockKind.SPIN).map(kind -> Arguments.of(jdk, kind)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kinds")
    void aWovenWakeCostsWhatAPatchedOneCosts(Jdk jdk, LockKind kind) throws IOException, InterruptedException {
        List<String> complaints = List.of();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            complaints = complaints(jdk, kind, "bypass");
            if (complaints.isEmpty()) {
                return;
            }
        }
        assertEquals(List.of(), complaints, "after " + ATTEMPTS + " attempts");
    }

    /** The bounds are worth something: with the gate shut they are broken. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void aShutGateIsSeen(Jdk jdk) throws IOException, InterruptedException {
        assertFalse(complaints(jdk, LockKind.REENTRANT, "observe").isEmpty(), "a wake that locks passed for one that does not");
    }

    private static List<String> complaints(Jdk jdk, LockKind kind, String mode) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(jdk.java(), "-XX:+UseSerialGC", "-XX:-EliminateLocks", "-javaagent:" + System.getProperty("test.agent.jar"),
                "-Dusr1.targets=" + target, "-Dusr1.builtins=off", "-Dusr1.mode=" + mode, "-cp", System.getProperty("java.class.path"), WakeSmoke.class.getName(), kind.name())
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor() == 0 && said.endsWith("end\n"), said);
        System.out.printf("%s, %s, %s: %s%n", jdk, kind, mode, said.strip().replace('\n', ' '));
        return judge(said);
    }

    private static List<String> judge(String said) {
        List<String> complaints = new ArrayList<>();
        try (Scanner words = new Scanner(said).useLocale(Locale.ROOT)) {
            words.next("nanos");
            double woven = words.nextDouble();
            double patched = words.nextDouble();
            double locked = words.nextDouble();
            if (woven > MOST_OF_PATCHED * patched) {
                complaints.add("woven " + woven + " ns, patched by hand " + patched + " ns: more than " + MOST_OF_PATCHED + " times as much");
            }
            if (locked < LEAST_OF_LOCKED * woven) {
                complaints.add("locked " + locked + " ns, woven " + woven + " ns: less than " + LEAST_OF_LOCKED + " times as much");
            }
            if (words.hasNext("waits")) {
                words.next();
                long wovenWaits = words.nextLong();
                long lockedWaits = words.nextLong();
                if (wovenWaits > 0) {
                    complaints.add("beside a thief the woven wake waited " + wovenWaits + " times, and need not have");
                }
                if (lockedWaits == 0) {
                    complaints.add("beside a thief not even the locked wake had to wait: that comparison says nothing");
                }
            }
        }
        return complaints;
    }
}
