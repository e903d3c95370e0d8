package sample.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against the real origin, and against answers that it must not let pass. */
@Timeout(60)
class LoadClientTest {

    private Origin origin;

    @BeforeEach
    void start() throws Exception {
        origin = new Origin(null, false);
    }

    @AfterEach
    void stop() throws Exception {
        origin.stop();
    }

    @Test
    void everyRequestGetsItsOwnAnswer() throws Exception {
        LoadResult result = new LoadClient(new InetSocketAddress("127.0.0.1", origin.port()), 5, 2).run(1, 2_000);
        assertEquals(new LoadResult(2_000, 0, 0, List.of()), result);
    }

    @Test
    void everyStreamGetsItsOwnAnswer() throws Exception {
        LoadResult result = new H2LoadClient(new InetSocketAddress("127.0.0.1", origin.port()), 3, 4, null).run(1, 2_000);
        assertEquals(new LoadResult(2_000, 0, 0, List.of()), result);
    }

    @Test
    void bodiesMayHaveOneLength() throws Exception {
        for (Bodies bodies : List.of(Bodies.SMALL, Bodies.LARGE)) {
            List<Exchange> exchanges = IntStream.range(0, 100).mapToObj(i -> Exchange.at(bodies, 3, i)).toList();
            int length = bodies == Bodies.SMALL ? 1 << 10 : 64 << 10;
            assertTrue(exchanges.stream().allMatch(one -> one.request() == null && one.answer().length() == length && !one.answer().chunked()), bodies.toString());
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", origin.port());
            assertEquals(new LoadResult(200, 0, 0, List.of()), new LoadClient(address, 5, 2, false, bodies).run(1, 200));
            assertEquals(new LoadResult(200, 0, 0, List.of()), new H2LoadClient(address, 3, 4, null, bodies).run(1, 200));
        }
        assertThrows(IllegalArgumentException.class, () -> Exchange.of("f000000000000001"));
    }

    @Test
    void theLoadHoldsEveryKindOfMessage() {
        List<Exchange> exchanges = IntStream.range(0, 3_000).mapToObj(i -> Exchange.at(0, i)).toList();
        List<Body> answers = exchanges.stream().map(Exchange::answer).toList();
        assertTrue(answers.stream().anyMatch(body -> body.length() == Body.MAX_LENGTH));
        assertTrue(answers.stream().anyMatch(body -> body.length() == 0));
        assertTrue(answers.stream().anyMatch(Body::chunked));
        assertTrue(exchanges.stream().anyMatch(exchange -> exchange.request() != null && exchange.request().chunked()));
        assertTrue(exchanges.stream().anyMatch(exchange -> exchange.request() != null && exchange.request().length() > 64 << 10));
        assertTrue(answers.stream().filter(body -> body.length() < 4096).count() > 2_500);
    }

    @Test
    void theOriginRefusesAMixedRequest() throws Exception {
        String head = "GET " + Exchange.at(0, 1).target() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "X-Token: " + Exchange.at(0, 2).token() + "\r\n\r\n";
        String answer = exchange(new InetSocketAddress("127.0.0.1", origin.port()), head);
        assertTrue(answer.startsWith("HTTP/1.1 422 "), answer);
        assertTrue(answer.contains("path names token 0000000000000001, header names 0000000000000002"), answer);
    }

    @Test
    void aMoodyOriginClosesSomeConnectionsAndAnswersAllTheSame() throws Exception {
        Origin moody = new Origin(null, true);
        try {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", moody.port());
            assertEquals(new LoadResult(500, 0, 0, List.of()), new LoadClient(address, 5, 2).run(1, 500));
            String head = "GET /" + MoodyHandler.CLOSING + " HTTP/1.1\r\nHost: x\r\n\r\n";
            assertTrue(exchange(address, head).contains("Connection: close\r\n"));
        } finally {
            moody.stop();
        }
    }

    @Test
    void aChangedByteIsAWrongBody() throws Exception {
        LoadResult result = against(exchange -> {
            byte[] body = bytes(exchange.answer());
            body[body.length / 2] ^= 1;
            return answer(exchange, body);
        });
        assertEquals(List.of(0L, 1L), List.of(result.errors(), result.wrongBodies()));
        assertTrue(result.complaints().get(0).contains("another byte at position " + first().answer().length() / 2), result.toString());
    }

    @Test
    void anAnswerWithoutItsLastByteIsAWrongBody() throws Exception {
        LoadResult result = against(exchange -> answer(exchange, Arrays.copyOf(bytes(exchange.answer()), exchange.answer().length() - 1)));
        assertEquals(List.of(0L, 1L), List.of(result.errors(), result.wrongBodies()));
    }

    @Test
    void anotherRequestsAnswerIsAWrongBody() throws Exception {
        LoadResult result = against(exchange -> answer(Exchange.at(7, 7), bytes(Exchange.at(7, 7).answer())));
        assertEquals(List.of(0L, 1L), List.of(result.errors(), result.wrongBodies()));
    }

    @Test
    void aCutAnswerAnErrorStatusAndABrokenHeadAreErrors() throws Exception {
        for (String answer : List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "",
                "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "nonsense\r\n\r\n")) {
            LoadResult result = against(exchange -> answer.getBytes(StandardCharsets.US_ASCII));
            assertEquals(List.of(1L, 1L, 0L), List.of(result.requests(), result.errors(), result.wrongBodies()), answer);
        }
    }

    @Test
    void aRefusedConnectionIsAnErrorForEachRequest() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertEquals(9, new LoadClient(new InetSocketAddress("127.0.0.1", port), 4, 2).run(0, 9).errors());
    }

    /** One request, to a server that gives this answer and closes. */
    private static LoadResult against(Function<Exchange, byte[]> answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket client = server.accept(); OutputStream out = client.getOutputStream()) {
                    readHead(client.getInputStream());
                    out.write(answer.apply(first()));
                } catch (IOException clientGone) {
                    // the client had seen enough
                }
            });
            thread.start();
            LoadResult result = new LoadClient(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 1, 1).run(0, 1);
            thread.join();
            return result;
        }
    }

    private static Exchange first() {
        return Exchange.at(0, 0);
    }

    private static byte[] answer(Exchange exchange, byte[] body) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\nX-Token: " + exchange.token() + "\r\nX-Length: "
                + exchange.answer().length() + "\r\nX-Crc32c: " + exchange.answer().checksum() + "\r\n\r\n";
        byte[] all = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + body.length);
        System.arraycopy(body, 0, all, head.length(), body.length);
        return all;
    }

    private static byte[] bytes(Body body) {
        byte[] bytes = new byte[body.length()];
        body.bytes().get(bytes);
        return bytes;
    }

    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        for (int b = in.read(); b >= 0 && last != 0x0d0a0d0a; b = in.read()) {
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return;
            }
        }
    }

    private static String exchange(InetSocketAddress address, String request) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
