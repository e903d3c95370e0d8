package sample.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.http2.frames.PrefaceFrame;

/** Hostile bytes of both sides in both protocols, drawn from seeds, so that what fails fails again. One drawing is sent in one write. */
enum FuzzCorpus {
    CLIENT_LINES {
        @Override
        byte[] next(Random random) {
            return lines(random, REQUEST_LINES);
        }
    },
    CLIENT_FRAMES {
        /** A good preface and settings, then frames with headers that are mostly in order and bodies that are mostly not. */
        @Override
        byte[] next(Random random) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(PrefaceFrame.PREFACE_BYTES);
            frames(random, REQUEST, 3_000, bytes);
            return bytes.toByteArray();
        }
    },
    ORIGIN_LINES {
        @Override
        byte[] next(Random random) {
            byte[] lines = lines(random, RESPONSE_LINES);
            if (random.nextInt(4) == 0) {
                return lines;
            }
            byte[] start = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1); // otherwise most would end at once
            return ByteBuffer.allocate(start.length + lines.length).put(start).put(lines).array();
        }
    },
    ORIGIN_FRAMES {
        @Override
        byte[] next(Random random) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            frames(random, RESPONSE, 300, bytes);
            return bytes.toByteArray();
        }
    };

    /** Lines or frames in one drawing. */
    static final int MESSAGES = 50;
    /** In every content that is drawn: who gets this and is not hostile has got what is another's. */
    static final String MARK = "hostile!";

    private static final List<String> REQUEST_LINES = List.of("GET / HTTP/1.1\r\n", "POST /x HTTP/1.1\r\n", "GET http://h/ HTTP/1.1\r\n", "HEAD * HTTP/1.0\r\n",
            "Host: a\r\n", "Host: a\r\n\r\n", "Content-Length: 8\r\n", "Content-Length: 3, 4\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding : chunked\r\n", " folded\r\n", "Expect: 100-continue\r\n",
            "Connection: close, x\r\n", "Connection: upgrade, te\r\n", "Upgrade: h2c\r\n", "Upgrade: websocket\r\n", "\r\n", MARK, "8\r\n" + MARK + "\r\n", "0\r\n\r\n",
            "0\r\nX: y\r\n\r\n", "-1\r\n", "ffffffffffffffff\r\n", "8;x=y\r\n" + MARK + "\r\n", "PRI * HTTP/2.0\r\n", "\0", "\u00ff\u00fe", "X: \r\n", ":\r\n", "GET\r\n",
            "Trailer: X\r\n", "TE: trailers\r\n", "x".repeat(5000));
    private static final List<String> RESPONSE_LINES = List.of("HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/1.1 99999 X\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + MARK, "Content-Length: 8\r\n", "Content-Length: 8\r\n\r\n" + MARK, "Content-Length: 9\r\n", "Content-Length: x\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\n\r\n8\r\n" + MARK + "\r\n0\r\n\r\n", "Transfer-Encoding: gzip\r\n", " folded\r\n",
            "Connection: close\r\n", "Connection: keep-alive, content-length\r\n", "Upgrade: h2c\r\n", "\r\n", MARK, "8\r\n" + MARK + "\r\n", "0\r\n\r\n", "0\r\nX: y\r\n\r\n",
            "ffffffffffffffff\r\n", "\0", "\u00ff\u00fe", "X: \r\n", ":\r\n", "x".repeat(500));
    private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'a'};
    private static final byte[] RESPONSE = {(byte) 0x88};

    abstract byte[] next(Random random);

    private static byte[] lines(Random random, List<String> all) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] line = all.get(random.nextInt(all.size())).getBytes(StandardCharsets.ISO_8859_1);
            if (random.nextInt(10) == 0) {
                line[random.nextInt(line.length)] = (byte) random.nextInt();
            }
            bytes.writeBytes(line);
        }
        return bytes.toByteArray();
    }

    private static void frames(Random random, byte[] head, int longest, ByteArrayOutputStream bytes) {
        bytes.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        for (int i = 0; i < MESSAGES; i++) {
            byte[] body = new byte[random.nextInt(8) == 0 ? random.nextInt(longest) : random.nextInt(40)];
            random.nextBytes(body);
            int type = random.nextInt(11);
            if (type == 0 && random.nextBoolean()) {
                body = MARK.getBytes(StandardCharsets.ISO_8859_1);
            }
            if (type == 1 || random.nextInt(3) == 0) {
                type = 1;
                body = block(random, head);
            }
            int flags = random.nextBoolean() ? 4 | random.nextInt(2) : random.nextInt(64);
            int id = random.nextInt(10) == 0 ? random.nextInt() : random.nextBoolean() ? 2 * i + 1 : random.nextInt(2 * i + 2);
            ByteBuffer header = ByteBuffer.allocate(9).putInt(body.length << 8 | type).put((byte) flags).putInt(type == 4 || type == 6 ? 0 : id);
            bytes.writeBytes(header.array());
            bytes.writeBytes(body);
        }
    }

    /** A header block of static-table entries and a field, now and then with a byte that does not belong there. */
    private static byte[] block(Random random, byte[] head) {
        byte[] block = ByteBuffer.allocate(head.length + 5).put(head).put(new byte[] {0x40, 1, 'x', 1, (byte) random.nextInt(128)}).array();
        if (random.nextInt(3) == 0) {
            block[random.nextInt(block.length)] = (byte) random.nextInt();
        }
        return block;
    }
}
