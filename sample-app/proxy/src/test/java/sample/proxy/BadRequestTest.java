package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            """)
    void isAnsweredAndTheConnectionClosed(int status, String request) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage answer = client.send(request.replace("\\r\\n", "\r\n")).read();
            assertEquals(status, answer.status(), answer::text);
            assertEquals("close", answer.field("connection"));
            client.socket.shutdownOutput();
            assertTrue(client.isEnded());
            assertEquals(0, origin.connections.get());
            assertEquals(1, proxy.count("errors"));
        }
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
    void anUpgradeIsNotPassedOn() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            String upgrade = talk.read().field("upgrade");
            talk.ok(String.valueOf(upgrade));
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertEquals("null", client.read().text());
        }
    }

    @Test
    void aBrokenChunkEndsTheRequestAndItsConnectionToTheOrigin() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n");
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
    void aClientThatAsksNothingIsClosedSilently() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).clientMillis(50).start();
                TestClient client = proxy.client()) {
            assertTrue(client.isEnded());
            assertEquals(0, proxy.count("errors"));
        }
    }
}
