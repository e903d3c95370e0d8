package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import io.usr1.weaver.Refusal;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    @TempDir private Path folder;

    @Test void allCanBeWoven() {
        Ran ran = Ran.cli("check", "--target", Ran.TARGET, "--classpath", Ran.CLASSES);
        assertEquals(0, ran.code(), ran::err);
        assertEquals("", ran.err());
        assertEquals("target pool: all sites can be woven", ran.outLines().get(0));
        assertEquals(4, ran.outLines().stream().filter(line -> line.matches("  (bypass|lock|set|clear) .*")).count(), ran::out);
        assertTrue(ran.outLines().stream().anyMatch(line -> line.matches("  fingerprint: [0-9a-f]{64}")), ran::out);
        assertTrue(ran.out().contains("note: Without 'unlink' there is no breaker."), ran::out);
        assertTrue(ran.outLines().get(1).matches("  bypass  wake      org\\.example\\.pool\\.Wake#wake, line \\d+"), ran::out);
    }

    @Test void reasonsStandUnderTheirPlace() throws IOException {
        Ran ran = Ran.cli("check", "--target", refused().toString(), "-cp", Ran.CLASSES);
        assertEquals(1, ran.code());
        assertEquals("", ran.err());
        assertEquals("target pool: refused, 1 reason", ran.outLines().get(0));
        assertEquals("org.example.pool.Wake#wake  (" + refused() + ":13:13)", ran.outLines().get(2));
        assertTrue(ran.outLines().get(3).matches("  line \\d+ +found     a (call|write) of .*"), ran::out);
        assertTrue(ran.out().contains("\n            expected  only reads, arithmetic and jumps"), ran::out);
        assertTrue(ran.out().contains("\n            to do     "), ran::out);
        assertTrue(ran.out().lines().allMatch(line -> line.length() < 120), ran::out);
    }

    @Test void jsonSaysTheSame() throws IOException {
        Ran ran = Ran.cli("check", "--json", "--target", refused().toString(), "--target", Ran.TARGET, "-cp", Ran.CLASSES + File.pathSeparator + "nowhere");
        assertEquals(1, ran.code());
        JsonNode json = new ObjectMapper().readTree(ran.out());
        JsonNode refused = json.get("targets").get(0);
        assertTrue(refused.get("refused").asBoolean());
        JsonNode refusal = refused.get("refusals").get(0);
        List<String> keys = new ArrayList<>();
        refusal.fieldNames().forEachRemaining(keys::add);
        assertEquals(List.of("target", "where", "line", "found", "expected", "todo", "place"), keys);
        assertEquals("org.example.pool.Wake#wake", refusal.get("where").asText());
        assertEquals(refused() + ":13:13", refusal.get("place").asText());
        assertTrue(refusal.get("line").asInt() > 0);
        assertFalse(json.get("targets").get(1).get("refused").asBoolean());
        assertEquals(4, json.get("targets").get(1).get("sites").size());
        assertEquals("class path entry 'nowhere' is not there; it is left out, as java does", json.get("notes").get(0).asText());
    }

    @Test void everyBadFileIsOneLineAndNothingElseIsSaid() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "target: [");
        Ran ran = Ran.cli("check", "--target", Ran.TARGET, "--target", bad.toString(), "--target", "nowhere.yaml", "-cp", Ran.CLASSES);
        assertEquals(2, ran.code());
        assertEquals("", ran.out());
        assertEquals(2, ran.err().lines().count(), ran::err);
        assertTrue(ran.err().startsWith(bad + ":1:"), ran::err);
    }

    @Test void badUsageIsTwo() {
        assertEquals(2, Ran.cli("check").code());
        assertEquals(2, Ran.cli("check", "--target", Ran.TARGET, "-cp", "x", "--nonsense").code());
        Ran nothing = Ran.cli("check", "--target", Ran.TARGET, "-cp", "nowhere.jar");
        assertEquals(2, nothing.code());
        assertEquals("--classpath has no jar or folder: class path entry 'nowhere.jar' is not there; it is left out, as java does", nothing.err().strip());
        assertEquals("", nothing.out());
    }

    @Test void helpNamesTheExitCodes() {
        Ran help = Ran.cli("check", "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().matches("(?s).*\\n  0   all sites can be woven\\n  1   a target is refused.*\\n  2   bad usage.*"), help::out);
    }

    /** A class file may call its methods anything. */
    @Test void namesOfClassFilesReachNoTerminalAsTheyAre() throws IOException {
        Path target = Files.writeString(folder.resolve("x.yaml"), Files.readString(Path.of(Ran.TARGET)));
        Refusal refusal = new Refusal("pool", "Evil#\u001B[2J", 0, "a call of \u0007\u202E", "none", "leave it");
        Checked checked = new Checked(read(target), List.of(), List.of(refusal), List.of("\u001B[31m"), List.of(), "");
        StringWriter text = new StringWriter();
        new TextReport(new PrintWriter(text, true)).print(List.of(checked), List.of());
        assertTrue(text.toString().codePoints().allMatch(point -> point == '\n' || point == '\r' || !Character.isISOControl(point) && point != 0x202E), text::toString);
        assertTrue(text.toString().contains("Evil#<U+001B>[2J"), text::toString);
    }

    private Path refused() throws IOException {
        return Files.writeString(folder.resolve("refused.yaml"), Files.readString(Path.of(Ran.TARGET)).replace("    omit: [ Wake#counted ]\n", ""));
    }

    private static Target read(Path file) {
        try {
            return TargetFile.read(file.toString());
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
