package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy refuses from clients. None of it may reach the origin. */
class BadRequestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | GET / HTTP/1.1\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +3\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -3\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3, 3\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\nabc
            501 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.0\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\n folded: 1\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost : a\\r\\n\\r\\n
            400 | GET /%zz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            501 | CONNECT a:443 HTTP/1.1\\r\\nHost: a:443\\r\\n\\r\\n
            505 | GET / HTTP/3.7\\r\\nHost: a\\r\\n\\r\\n
            505 | GET /\\r\\n
            505 | GET / HTTP/2.0\\r\\nHost: a\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\nHost: a\\n\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\nX: b\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\nX: b\\rY: c\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\nX: b\\0\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\nX\\0: b\\r\\n\\r\\n
            400 | GET /\\0 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET /\\xe9 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET /a b HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET /a#b HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET a:80 HTTP/1.1\\r\\nHost: a:80\\r\\n\\r\\n
            400 | GET ftp://a/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET http:///x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET http://u@a/x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: u@a\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a:b\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\n: b\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\nX y: b\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\nHost: a\\r\\nnocolon\\r\\n\\r\\n
            400 | GET / HTTP/1.1\\r\\n X: b\\r\\nHost: a\\r\\n\\r\\n
            400 | GE(T / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nContent-Length: 3\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0x3\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3 3\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length:\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 99999999999999999999\\r\\n\\r\\nabc
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 3\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, gzip\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: xchunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: identity\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: \\x0bchunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding:\\r\\n chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding : chunked\\r\\n\\r\\n0\\r\\n\\r\\n
            400 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: "chunked"\\r\\n\\r\\n0\\r\\n\\r\\n
            """)
    void isAnsweredAndTheConnectionClosed(int status, String request) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage answer = client.send(unescaped(request)).read();
            assertEquals(status, answer.status(), answer::text);
            assertEquals("close", answer.field("connection"));
            client.socket.shutdownOutput();
            assertTrue(client.isEnded());
            assertEquals(0, origin.connections.get());
            assertEquals(1, proxy.count("errors"));
        }
    }

    private static String unescaped(String request) {
        return request.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0").replace("\\x0b", "\u000b").replace("\\xe9", "\u00e9");
    }

    @Test
    void aHeadThatIsTooLargeGets431AndTheClientSeesIt() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\nX-Large: " + "x".repeat(200_000) + "\r\n\r\n");
            assertEquals(431, client.read().status());
        }
    }

    @Test
    void aTargetThatIsTooLargeGets414() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            assertEquals(414, client.get("/" + "x".repeat(60_000)).status());
        }
    }

    @Test
    void tooManyFieldsGet431() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            assertEquals(200, client.send("GET / HTTP/1.1\r\nHost: test\r\n" + "X: y\r\n".repeat(100) + "\r\n").read().status());
            assertEquals(431, client.send("GET / HTTP/1.1\r\nHost: test\r\n" + "X: y\r\n".repeat(101) + "\r\n").read().status());
            assertEquals(1, origin.connections.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "nonsense\r\n",
        "-3\r\nabc\r\n",
        "+3\r\nabc\r\n",
        "0x3\r\nabc\r\n",
        " 3\r\nabc\r\n",
        "3\nabc\n",
        "3;x=y\nabc\r\n",
        "3\r\nabcd\r\n",
        "3\r\nabc\n0\r\n\r\n",
        "3\r\nabc0\r\n\r\n",
        "ffffffffffffffff\r\nabc\r\n",
        "10000000000000003\r\nabc\r\n",
        "\r\n3\r\nabc\r\n",
        "0\r\nX : y\r\n\r\n",
        "0\r\nnocolon\r\n\r\n",
        "0\r\n folded: y\r\n\r\n",
        "0\r\nX: y\n\r\n",
        "0\r\nX: y\0\r\n\r\n",
    })
    void aBrokenChunkEndsTheRequestAndItsConnectionToTheOrigin(String bad) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n" + bad);
            assertEquals(400, client.read().status());
            proxy.await("closedConnections", 1);
            assertEquals(0, proxy.count("insertsOffered"));
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyTakesTheOriginsConnectionWithIt() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).maxconn(1).start()) {
            try (TestClient client = proxy.client()) {
                client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nsome");
                proxy.await("newConnections", 1);
            }
            proxy.await("closedConnections", 1);
            try (TestClient next = proxy.client()) {
                assertEquals("/next", next.get("/next").text()); // the slot is free again
            }
        }
    }

    @Test
    void aHeadThatNeverEndsGets408() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).clientMillis(50).start();
                TestClient client = proxy.client()) {
            assertEquals(408, client.send("GET / HTTP/1.1\r\nHost:").read().status());
            assertTrue(proxy.count("timerLocks") > 0);
        }
    }

    @Test
    void aHeadThatComesByteByByteGets408AllTheSame() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).clientMillis(100).start();
                TestClient client = proxy.client()) {
            AtomicBoolean answered = new AtomicBoolean();
            Thread drip = new Thread(() -> {
                while (!answered.get()) {
                    try {
                        client.send("x");
                        TimeUnit.MILLISECONDS.sleep(10); // the slowness that is tested, not a synchronisation
                    } catch (IOException | InterruptedException e) {
                        return;
                    }
                }
            });
            client.send("GET / HTTP/1.1\r\nHost: test\r\nX: ");
            drip.start();
            assertEquals(408, client.read().status());
            answered.set(true);
            drip.join();
        }
    }

    @Test
    void aClientThatAsksNothingIsClosedSilently() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).clientMillis(50).start();
                TestClient client = proxy.client()) {
            assertTrue(client.isEnded());
            assertEquals(0, proxy.count("errors"));
        }
    }
}
