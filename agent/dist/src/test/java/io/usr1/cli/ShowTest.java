package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code --show} says is what the source says, line for line. */
class ShowTest {

    private static final Path SOURCES = Path.of("src/test/java/org/example/pool");

    private static String out;
    private static List<String> wake;

    @BeforeAll static void show() throws IOException {
        Ran ran = Ran.cli("check", "--show", "--target", Ran.TARGET, "-cp", Ran.CLASSES);
        assertEquals(0, ran.code(), ran::err);
        out = ran.out();
        wake = Files.readAllLines(SOURCES.resolve("Wake.java"));
    }

    @Test void saysWhatBecomesOfEachLineOfTheWake() {
        assertSays("tasklet.pool.lock.lock()", "not taken");
        assertSays("this.counted()", "not called");
        assertSays("tasklet.context", "read as not-null");
        assertSays("connection.isListed()", "is false");
        assertSays("tasklet.pool.lock.unlock()", "not given back");
        assertTrue(out.contains("\n  wake(Tasklet)  while the flag of tasklet is clear\n"), out);
        assertTrue(out.contains("\n    not reached then: line " + line("return;") + ", " + line("tasklet.pool.unlink(connection)") + "\n"), out);
    }

    @Test void showsTheByteCodeThatRunsWithoutTheLock() {
        String body = out.substring(out.indexOf("what runs then, as byte code:"));
        assertTrue(body.matches("(?s).*\\n    " + line("connection = tasklet.context;") + " +GETFIELD org/example/pool/Tasklet\\.context : Lorg/example/pool/Connection;\\n.*"), body);
        assertTrue(body.matches("(?s).* ALOAD 1 +tasklet\\n.*"), body);
        assertFalse(body.contains("ReentrantLock.lock"), body);
        assertFalse(body.contains("isListed"), body);
        assertFalse(body.contains("FRAME"), body);
    }

    @Test void saysWhereTheFlagIsWritten() {
        assertTrue(out.contains("  insert(Connection)  sets the flag\n"), out);
        assertTrue(out.matches("(?s).*\\n    line \\d+  connection\\.tasklet  SET before anything else\\n.*"), out);
        assertTrue(out.matches("(?s).*\\n    line \\d+  this\\.tasklet  CLEAR before each normal return, unless list is not null\\n.*"), out);
        assertTrue(out.contains("  Tasklet(Pool, Connection)  makes the carrier\n"), out);
        assertTrue(out.contains("super()  then this is CLEAR (new: not-idle)\n"), out);
    }

    @Test void saysWhatIsTimedAndWhatIsAdded() {
        assertTrue(out.matches("(?s).*\\n  steal\\(Pool\\)  is timed\\n    line \\d+  this\\.lock\\.lock\\(\\)  timed as 'takeover'\\n.*"), out);
        assertTrue(out.contains("class org.example.pool.Tasklet\n  added  implements io.usr1.runtime.Carrier\n  added  private transient volatile int usr1$flag\n"), out);
        assertTrue(out.contains("  added  private void wake$usr1bypass(Tasklet)\n"), out);
    }

    private static void assertSays(String code, String now) {
        String row = "(?s).*\\n    line " + line(code.replace("this.", "")) + " +" + java.util.regex.Pattern.quote(code) + " +" + now + "\\n.*";
        assertTrue(out.matches(row), () -> "no row " + row + " in\n" + out);
    }

    private static int line(String code) {
        for (int i = 0; i < wake.size(); i++) {
            if (wake.get(i).contains(code)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line with " + code);
    }
}
