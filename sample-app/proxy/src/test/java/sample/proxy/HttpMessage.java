package sample.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message as a peer sees it, read by the simplest reader that could work: it shares nothing with the proxy's. */
record HttpMessage(String startLine, List<String> fields, byte[] body, boolean chunked, List<String> trailers) {
    /** Reads a request, or a response to a request with a body; null at the end of the stream. */
    static HttpMessage read(InputStream in) throws IOException {
        return read(in, true);
    }

    /** @param body false for the response to a HEAD */
    static HttpMessage read(InputStream in, boolean body) throws IOException {
        String startLine = line(in);
        if (startLine == null) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            fields.add(line);
        }
        HttpMessage head = new HttpMessage(startLine, fields, new byte[0], false, List.of());
        boolean response = startLine.startsWith("HTTP/");
        boolean none = !body || response && (head.status() < 200 || head.status() == 204 || head.status() == 304);
        if (none) {
            return head;
        }
        if ("chunked".equals(head.field("transfer-encoding"))) {
            List<String> trailers = new ArrayList<>();
            return new HttpMessage(startLine, fields, chunks(in, trailers), true, trailers);
        }
        String length = head.field("content-length");
        if (length == null) {
            return response ? new HttpMessage(startLine, fields, in.readAllBytes(), false, List.of()) : head;
        }
        byte[] bytes = in.readNBytes(Integer.parseInt(length));
        if (bytes.length < Integer.parseInt(length)) {
            throw new EOFException("The body ends after " + bytes.length + " of " + length + " bytes.");
        }
        return new HttpMessage(startLine, fields, bytes, false, List.of());
    }

    private static byte[] chunks(InputStream in, List<String> trailers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line(in);
            if (line == null) {
                throw new EOFException("The chunked body ends after " + body.size() + " bytes.");
            }
            int size = Integer.parseInt(line, 16);
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new EOFException("A chunk ends after " + chunk.length + " of " + size + " bytes.");
            }
            body.write(chunk);
            for (String after = line(in); after == null || !after.isEmpty(); after = line(in)) {
                if (after == null || size > 0) {
                    throw new EOFException("After a chunk: " + after);
                }
                trailers.add(after);
            }
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new EOFException("The line ends after '" + line + "'.");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** The request's target. */
    String target() {
        return startLine.split(" ")[1];
    }

    /** The value of the first such field; null if there is none. */
    String field(String name) {
        for (String field : fields) {
            if (field.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return field.substring(name.length() + 1).trim();
            }
        }
        return null;
    }

    String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }
}
