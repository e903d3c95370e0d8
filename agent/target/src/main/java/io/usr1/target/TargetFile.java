package io.usr1.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A target in a file of the user's. Any thread. */
public final class TargetFile {

    /** Nobody writes so much; whoever names a core dump by mistake shall not have it read. */
    static final int MAX_BYTES = 1 << 20;

    private TargetFile() {
    }

    /**
     * Reads a target.
     *
     * @param file as the user gave it; messages call it so
     * @throws TargetException with one sentence, whatever the file is or is not
     */
    public static Target read(String file) throws TargetException {
        return TargetReader.read(file, text(file));
    }

    static String text(String file) throws TargetException {
        try {
            Path path = Path.of(file);
            if (Files.notExists(path)) {
                throw wrong(file, "there is no such file; expected a target file");
            }
            if (!Files.isRegularFile(path)) {
                throw wrong(file, "this is " + (Files.isDirectory(path) ? "a folder" : "no regular file") + "; expected a target file");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return decoded(file, in.readNBytes(MAX_BYTES + 1));
            }
        } catch (InvalidPathException e) {
            throw wrong(file, "this cannot name a file (" + e.getReason() + "); expected a target file");
        } catch (AccessDeniedException e) {
            throw wrong(file, "the file may not be read by this user; expected a target file");
        } catch (IOException e) {
            throw wrong(file, "the file cannot be read (" + e.getMessage() + "); expected a target file");
        }
    }

    private static String decoded(String file, byte[] bytes) throws TargetException {
        if (bytes.length > MAX_BYTES) {
            throw wrong(file, "the file is larger than 1 MB; expected a target file, which has some hundred lines");
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = utf8.decode(ByteBuffer.wrap(bytes), text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) read.chars().filter(c -> c == '\n').count();
            int column = 1 + read.codePointCount(read.lastIndexOf('\n') + 1, read.length());
            throw new TargetException(new Source(file, line, column), "this is not UTF-8; expected a text file in that encoding");
        }
        return read;
    }

    private static TargetException wrong(String file, String problem) {
        return new TargetException(new Source(file, 0, 0), problem);
    }
}
