package io.usr1.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A recording is a row of chunks, each of which says how long it is; any order of them is a recording, too. */
public final class RecordingChunks {

    /** Behind the magic word and the version. */
    private static final int LENGTH_AT = 8;

    private RecordingChunks() {
    }

    /** In the order in which they stand. */
    public static List<byte[]> of(Path recording) throws IOException {
        byte[] bytes = Files.readAllBytes(recording);
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunks.get(chunks.size() - 1).length) {
            int length = Math.toIntExact(ByteBuffer.wrap(bytes).getLong(at + LENGTH_AT));
            chunks.add(Arrays.copyOfRange(bytes, at, at + length));
        }
        return chunks;
    }

    /** The last one first. There must be several, or the test would test nothing. */
    public static Path reversed(Path recording, Path to) throws IOException {
        List<byte[]> chunks = of(recording);
        if (chunks.size() < 2) {
            throw new IllegalStateException("one chunk only: " + recording);
        }
        ByteArrayOutputStream reversed = new ByteArrayOutputStream();
        for (int i = chunks.size() - 1; i >= 0; i--) {
            reversed.write(chunks.get(i));
        }
        return Files.write(to, reversed.toByteArray());
    }
}
