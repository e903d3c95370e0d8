package io.usr1.cli.report;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A recording is a row of chunks, each of which begins with {@code FLR}, a version and its length. The JDK's reader says of a file that is
 * cut off whatever it stumbles over first; the lengths say it plainly.
 */
final class Chunks {

    private static final int MAGIC = 0x464c5200;
    private static final int HEADER = 68;

    private Chunks() {
    }

    /** True if the last chunk says that it is longer than the file. */
    static boolean cutOff(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long at = 0;
            while (at + HEADER <= bytes.length()) {
                bytes.seek(at);
                if (bytes.readInt() != MAGIC) {
                    return false;
                }
                bytes.readInt();
                long length = bytes.readLong();
                if (length > bytes.length() - at) {
                    return true;
                }
                if (length < HEADER) {
                    return false;
                }
                at += length;
            }
            return at > 0 && at < bytes.length();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
