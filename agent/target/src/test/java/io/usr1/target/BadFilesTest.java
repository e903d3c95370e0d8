package io.usr1.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.BadTargets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever file is given as a target: one sentence that a terminal can show. */
class BadFilesTest {

    private static final int MANY = 5_000;

    @TempDir private Path folder;

    static Stream<BadTargets.Bad> bad() {
        return BadTargets.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isRefusedWithOneSentence(BadTargets.Bad bad) throws IOException {
        String file = bad.write(folder).toString();
        String message = problem(file);
        String expected = bad.place().isEmpty() ? file + ": " : file + ":" + bad.place() + ": ";
        assertTrue(message.startsWith(expected), () -> "expected " + expected + " before: " + message);
        assertTrue(message.contains(bad.says()), () -> "expected '" + bad.says() + "' in: " + message);
        assertTrue(message.length() < 1500, () -> message.length() + " characters: " + message);
        assertTrue(message.codePoints().allMatch(Printable::is), message);
    }

    /** The thread whose first class hits reads the target, and it may have next to no stack. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isRefusedOnASmallStackToo(BadTargets.Bad bad) throws IOException, InterruptedException {
        String file = bad.write(folder).toString();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            try {
                TargetFile.read(file);
            } catch (Throwable e) {
                thrown.set(e);
            }
        }, "small-stack", 192 * 1024);
        thread.start();
        thread.join();
        assertEquals(TargetException.class, thrown.get() == null ? null : thrown.get().getClass());
    }

    @Test void whatIsNoFileIsRefused() throws IOException {
        Path nowhere = folder.resolve("nowhere.yaml");
        assertEquals(nowhere + ": there is no such file; expected a target file", problem(nowhere.toString()));
        assertEquals(folder + ": this is a folder; expected a target file", problem(folder.toString()));
        assertTrue(problem("a\0b").startsWith("a<U+0000>b: this cannot name a file ("));
        assertEquals(notRegular() + ": this is no regular file; expected a target file", problem(notRegular().toString()));
    }

    /** Root may read what nobody may; there is a file that even root cannot read from the start of. */
    @Test void whatCannotBeReadIsRefused() throws IOException {
        Path locked = Files.writeString(folder.resolve("locked.yaml"), "target: x");
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        }
        if (Files.isReadable(locked)) {
            assertTrue(problem("/proc/self/mem").startsWith("/proc/self/mem: the file cannot be read ("));
        } else {
            assertEquals(locked + ": the file may not be read by this user; expected a target file", problem(locked.toString()));
        }
    }

    @Test void aByteOrderMarkIsNoMistake() throws Exception {
        Path file = Files.write(folder.resolve("bom.yaml"), ("\uFEFF" + BadTargets.GOOD).getBytes(StandardCharsets.UTF_8));
        assertEquals("mini", TargetFile.read(file.toString()).name());
    }

    @Test void aliasesAndQuotesAreNoMistake() throws Exception {
        String aliased = BadTargets.GOOD.replace("class: Tasklet", "class: &t \"Tasklet\"").replace("carrier: arg0.tasklet", "carrier: 'arg0.tasklet' ");
        assertEquals("org.example.Tasklet", TargetReader.read("mini.yaml", aliased).carrier().type());
    }

    @Test void aDescriptionMayBeFolded() throws Exception {
        String folded = BadTargets.GOOD.replace("package:", "description: >\n  two\n  lines\npackage:");
        assertEquals("two lines", TargetReader.read("mini.yaml", folded).description());
    }

    /** A good file with bytes changed, dropped and doubled, the same ones in each run. */
    @Test void noDamageEscapesAsSomethingElse() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < MANY; i++) {
            byte[] bytes = damaged(BadTargets.GOOD.getBytes(StandardCharsets.UTF_8), random);
            try {
                TargetReader.read("mini.yaml", new String(bytes, StandardCharsets.UTF_8));
            } catch (TargetException e) {
                refused++;
                assertFalse(e.getMessage().contains("\n"), e.getMessage());
            }
        }
        assertTrue(refused > MANY / 2, refused + " refused");
    }

    @Test void aRefusedNameIsFoundInTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("mini.yaml"), BadTargets.GOOD);
        Target target = TargetFile.read(file.toString());
        assertEquals(file + ":3:19", Mentions.of(target, "org.example.Tasklet").orElseThrow().toString());
        assertEquals(file + ":6:35", Mentions.of(target, "org.example.Pool.lock").orElseThrow().toString());
        assertEquals(file + ":8:15", Mentions.of(target, "org.example.Pool#insert(int)").orElseThrow().toString());
        assertEquals(file + ":4:49", Mentions.of(target, "org.example.C").orElseThrow().toString(), "by a field of it");
        assertTrue(Mentions.of(target, "org.example.Other").isEmpty());
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "[]{}:#&*!|>'\"%@`,?-\\<\t\n".charAt(random.nextInt(23));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> System.arraycopy(bytes.clone(), random.nextInt(at + 1) / 2, bytes, at / 2, at / 4);
            }
        }
        return bytes;
    }

    private static Path notRegular() {
        Path device = Path.of("/dev/zero");
        return Files.exists(device) ? device : Path.of("NUL");
    }

    private static String problem(String file) {
        return assertThrows(TargetException.class, () -> TargetFile.read(file)).getMessage();
    }
}
