package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The forms of a request's target, and which Host goes on with each. */
class TargetTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET http://a/x?y HTTP/1.1, Host: a       | GET /x?y HTTP/1.1    | a
            GET http://a/x HTTP/1.1, Host: b         | GET /x HTTP/1.1      | a
            GET HTTPS://a:81 HTTP/1.1, Host: a:81    | GET / HTTP/1.1       | a:81
            GET http://a?q HTTP/1.1, Host: a         | GET /?q HTTP/1.1     | a
            GET http://a/x HTTP/1.0, X: y            | GET /x HTTP/1.1      | a
            OPTIONS http://a HTTP/1.1, Host: a       | OPTIONS * HTTP/1.1   | a
            OPTIONS * HTTP/1.1, Host: a              | OPTIONS * HTTP/1.1   | a
            GET //b/x HTTP/1.1, Host: a              | GET //b/x HTTP/1.1   | a
            GET /a/../b;c=d?e=/f HTTP/1.1, Host: a   | GET /a/../b;c=d?e=/f HTTP/1.1 | a
            GET /%2f?%zz HTTP/1.1, Host: a           | GET /%2f?%zz HTTP/1.1 | a
            BREW / HTTP/1.1, Host: a                 | BREW / HTTP/1.1      | a
            GET / HTTP/1.1, Host: [::1]:80           | GET / HTTP/1.1       | [::1]:80
            """)
    void goesOnAsPathAndQueryWithTheHostThatItNames(String request, String startLine, String host) throws Exception {
        for (Protocol back : Protocol.values()) { // an HTTP/1 origin sees the same of both
            try (TestOrigin origin = new TestOrigin(talk -> {
                HttpMessage seen = talk.read();
                talk.ok(seen.startLine() + "|" + seen.field("host"));
            }); TestProxy inner = TestProxy.to(origin).start();
                    TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).start();
                    TestClient client = proxy.client()) {
                client.send(request.replace(", ", "\r\n") + "\r\n\r\n");
                assertEquals(startLine + "|" + host, client.read().text(), back.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void emptyLinesBeforeARequestAreSkipped(Protocol back) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).start();
                TestClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                client.send("\r\n\r\n");
                assertEquals("/" + i, client.get("/" + i).text());
            }
        }
    }
}
