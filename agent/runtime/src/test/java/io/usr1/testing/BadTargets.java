package io.usr1.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are no targets: what people name by mistake, and what somebody would make on purpose. */
public final class BadTargets {

    /** The smallest good one; most of the bad ones are this with one thing changed. */
    public static final String GOOD = """
            target: mini
            package: org.example
            carrier: { class: Tasklet }
            ownership: { replaces-carrier: { carrier-field: C.tasklet, context-field: Tasklet.context, takeover: "P#takeover" } }
            locks:
              main: { kind: reentrant, field: Pool.lock }
            set:
              - { method: Pool#insert, at: entry, carrier: arg0.tasklet }
            """;

    private static final int TEN_MB = 10 << 20;
    private static final int NEARLY_ONE_MB = 1_000_000;
    private static final String TOO_LARGE = "the file is larger than 1 MB";
    private static final String TOO_DEEP = "more than 32 levels of nesting";
    private static final String NO_YAML = "this is not YAML: ";

    private BadTargets() {
    }

    /**
     * A file.
     *
     * @param place line and column, {@code 3:19}; empty if it is the whole file
     * @param says  what the sentence contains
     */
    public record Bad(String name, byte[] content, String place, String says) {

        public Path write(Path folder) throws IOException {
            return Files.write(folder.resolve(name.replace(' ', '-') + ".yaml"), content);
        }

        @Override public String toString() {
            return name;
        }
    }

    public static List<Bad> all() {
        List<Bad> all = new ArrayList<>(noText());
        all.addAll(noYaml());
        all.addAll(tooMuch());
        all.addAll(noTarget());
        all.addAll(wrongTypes());
        all.addAll(notForATerminal());
        return all;
    }

    private static List<Bad> noText() {
        byte[] binary = new byte[2048];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 31 + 1);
        }
        return List.of(
                bad("empty", "", "", "the file is empty; expected a target"),
                bad("comments only", "# carrier: nothing\n\n", "", "the file is empty; expected a target"),
                bad("byte order mark only", "\uFEFF", "", "the file is empty; expected a target"),
                new Bad("binary", binary, "1:6", "this is not"),
                new Bad("zeros", new byte[100], "1:1", "the character U+0000 cannot be in a text file"),
                new Bad("class file", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61}, "1:1", "this is not UTF-8"),
                new Bad("latin 1", (GOOD + "description: caf\u00E9\n").getBytes(StandardCharsets.ISO_8859_1), "9:17", "this is not UTF-8"),
                new Bad("utf 16", GOOD.getBytes(StandardCharsets.UTF_16), "1:1", "this is not UTF-8"),
                bad("nul in text", GOOD.replace("mini", "mi\0ni"), "1:11", "the character U+0000 cannot be in a text file"),
                bad("escape in text", GOOD.replace("mini", "mi\u001B[31mni"), "1:11", "the character U+001B cannot be in a text file"));
    }

    private static List<Bad> noYaml() {
        return List.of(
                bad("tabs", GOOD.replace("  main", "\tmain"), "6:1", NO_YAML),
                bad("open bracket", GOOD.replace("class: Tasklet }", "class: [Tasklet }"), "3:28", NO_YAML),
                bad("open quote", GOOD.replace("mini", "'mini"), "9:1", NO_YAML),
                bad("undefined alias", GOOD.replace("class: Tasklet", "class: *nobody"), "3:19", NO_YAML + "found undefined alias nobody"),
                bad("long undefined alias", GOOD.replace("class: Tasklet", "class: *" + "n".repeat(100_000)), "3:19", NO_YAML + "found undefined alias nnn"),
                bad("bad escape", GOOD.replace("mini", "\"\\q\""), "1:11", NO_YAML),
                bad("bad code point", GOOD.replace("mini", "\"\\UFFFFFFFF\""), "1:12", NO_YAML),
                bad("huge version", "%YAML 99999999999.1\n---\n" + GOOD, "1:18", NO_YAML),
                bad("two documents", GOOD + "---\n" + GOOD, "9:1", "a second document begins"));
    }

    private static List<Bad> tooMuch() {
        return List.of(
                bad("10 MB of brackets", "[".repeat(TEN_MB), "", TOO_LARGE),
                bad("10 MB of mappings", mappings(4500), "", TOO_LARGE),
                bad("10 MB in one word", "target: " + "x".repeat(TEN_MB), "", TOO_LARGE),
                bad("1 MB of brackets", GOOD + "region: " + "[".repeat(NEARLY_ONE_MB), "9:40", TOO_DEEP),
                bad("1 MB of braces", GOOD + "region: " + "{a: ".repeat(NEARLY_ONE_MB / 4), "9:133", TOO_DEEP),
                bad("1 MB of dashes", GOOD + "region:\n " + "- ".repeat(NEARLY_ONE_MB / 2), "10:64", TOO_DEEP),
                bad("1 MB of question marks", "? ".repeat(NEARLY_ONE_MB / 2), "1:65", TOO_DEEP),
                bad("1 MB of mappings", mappings(1300), "33:33", TOO_DEEP),
                bad("1 MB in one word", GOOD.replace("mini", "x".repeat(NEARLY_ONE_MB)), "1:9", "'target' of the target is 1000000 characters long; expected at most 1000"),
                bad("1 MB in one key", GOOD + "x".repeat(1000) + ": y\n" + "? " + "x".repeat(NEARLY_ONE_MB / 2) + "\n: y\n", "9:1", "the target has no key 'xxx"),
                bad("long dotted name", GOOD.replace("class: Tasklet", "class: " + "a.".repeat(400_000) + "b"), "3:19", "is 800001 characters long"),
                bad("1 MB of words", GOOD + "set: [" + "a,".repeat(NEARLY_ONE_MB / 2) + "a]\n", "9:39931", "more than 20000 values"),
                bad("billion laughs", laughs(30, "a"), "5:5", "more than 20000 values"),
                bad("alias of what it is in", GOOD + "region: &r [ { when-clear: *r } ]\n", "9:14", "an alias of what it stands in"),
                bad("mapping in itself", "&m { target: *m }\n", "1:1", "an alias of what it stands in"));
    }

    private static List<Bad> noTarget() {
        return List.of(
                bad("one word", "carrier:x\n", "1:1", "the target is one word; expected a mapping of "),
                bad("a list", "- carrier: x\n", "1:1", "the target is a list; expected a mapping of "),
                bad("nothing", "---\n", "2:1", "the target is empty; expected a mapping of "),
                bad("unknown key", GOOD + "regoin: []\n", "9:1", "the target has no key 'regoin'; it may have "),
                bad("double key", GOOD + "target: other\n", "9:1", "the target has the key 'target' twice; keep one"),
                bad("merge key", GOOD.replace("{ class: Tasklet }", "{ <<: { class: Tasklet } }"), "3:12", "'carrier' has no key '<<'"),
                bad("list as a key", GOOD + "[a, b]: c\n", "9:1", "a key of the target is a list; expected one word"),
                bad("mapping as a key", GOOD + "? { a: b }\n: c\n", "9:3", "a key of the target is a mapping; expected one word"),
                bad("number as a key", GOOD + "1: c\n", "9:1", "the target has no key '1'; it may have "),
                bad("no carrier", GOOD.replace("carrier: { class: Tasklet }", "# carrier: none"), "8:3", "the target has 'set' but no 'carrier'; add the class that bears the flag"),
                bad("no class name", GOOD.replace("class: Tasklet", "class: Task let"), "3:19", "'Task let' is no class name"));
    }

    private static List<Bad> wrongTypes() {
        return List.of(
                bad("number as a name", GOOD.replace("mini", "5"), "1:9", "'target' of the target is a number; expected one word, in quotes if '5' is meant as one"),
                bad("boolean as a name", GOOD.replace("mini", "true"), "1:9", "'target' of the target is true or false; expected one word"),
                bad("null as a name", GOOD.replace("mini", "null"), "1:9", "'target' of the target is null; expected one word"),
                bad("nothing as a name", GOOD.replace(" mini", ""), "1:8", "'target' of the target is empty; expected one word"),
                bad("spaces as a name", GOOD.replace("mini", "'  '"), "1:9", "'target' of the target is empty; expected one word"),
                bad("number as a class", GOOD.replace("class: Tasklet", "class: 1.5"), "3:19", "'class' of 'carrier' is a number; expected one word"),
                bad("tag of somebody else", GOOD.replace("class: Tasklet", "class: !!java.net.URL [x]"), "3:19", "'class' of 'carrier' is a list; expected one word"),
                bad("tagged word", GOOD.replace("class: Tasklet", "class: !mine Tasklet"), "3:19", "'class' of 'carrier' is tagged as something else"),
                bad("list as a mapping", GOOD.replace("{ class: Tasklet }", "[ class, Tasklet ]"), "3:10", "'carrier' is a list; expected a mapping of class, new"),
                bad("null as a mapping", GOOD.replace("{ class: Tasklet }", "~"), "3:10", "'carrier' is "),
                bad("mapping as a list", GOOD.replace("  - { method", "  { method"), "8:3", "'set' of the target is a mapping; expected a list"));
    }

    private static List<Bad> notForATerminal() {
        return List.of(
                bad("nul in a value", GOOD.replace("mini", "\"a\\0b\""), "1:9", "'target' of the target has the character U+0000 in it"),
                bad("colours in a value", GOOD.replace("mini", "\"\\e[31mred\""), "1:9", "has the character U+001B in it"),
                bad("colours in a key", GOOD + "\"\\e[2Jkey\": x\n", "9:1", "a key of the target has the character U+001B in it"),
                bad("bell in a description", GOOD + "description: \"\\a\\a\"\n", "9:14", "'description' of the target has the character U+0007 in it"),
                bad("text turned round", GOOD.replace("mini", "mini\u202Etegrat"), "1:9", "has the character U+202E in it"),
                bad("colours in an alias", GOOD.replace("class: Tasklet", "class: *a\u202Eb"), "3:19", NO_YAML + "found undefined alias a<U+202E>b"));
    }

    private static Bad bad(String name, String content, String place, String says) {
        return new Bad(name, content.getBytes(StandardCharsets.UTF_8), place, says);
    }

    private static String mappings(int levels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text.toString();
    }

    private static String laughs(int levels, String word) {
        StringBuilder text = new StringBuilder("a0: &a0 [" + (word + ",").repeat(9) + word + "]\n");
        for (int i = 1; i < levels; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9)).append("*a").append(i - 1).append("]\n");
        }
        return text.toString();
    }
}
