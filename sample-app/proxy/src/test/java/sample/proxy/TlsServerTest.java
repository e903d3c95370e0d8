package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins that do not do as TLS asks, and what they may say on an idle connection. */
class TlsServerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anOriginWithoutTlsIsNamed(Protocol protocol) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> talk.write("HTTP/1.1 400 What?\r\n\r\n"))) {
            assertRefused(origin, protocol, "nrecognized SSL message");
        }
    }

    @Test
    void aCertificateOfSomebodyElseIsNamed() throws Exception {
        Path keys = folder.resolve("other.p12");
        TestTls.make("ip:127.0.0.1", keys);
        try (TestOrigin origin = new TestOrigin(Certificates.own(keys, "changeit"), TestOrigin::echo)) {
            assertRefused(origin, Protocol.H1, "PKIX path");
        }
    }

    @Test
    void aCertificateForAnotherNameIsNamed() throws Exception {
        Path keys = folder.resolve("named.p12");
        TestTls.make("dns:example.org", keys);
        SSLContext own = Certificates.own(keys, "changeit");
        try (TestOrigin origin = new TestOrigin(own, TestOrigin::echo)) {
            Path authorities = folder.resolve("named.pem");
            TestTls.writeCertificate(keys, authorities);
            assertRefused(origin, Protocol.H1, new TlsSettings(null, Certificates.others(authorities)), "No subject alternative");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            H2 | none     | it speaks no ALPN, not h2.
            H2 | http/1.1 | no_application_protocol
            H1 | h2       | no_application_protocol
            """)
    void anOriginThatSpeaksSomethingElseIsNamed(Protocol wanted, String offered, String says) throws Exception {
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            if (offered != null) {
                SSLParameters parameters = talk.tls().getSSLParameters();
                parameters.setApplicationProtocols(new String[] {offered});
                talk.tls().setSSLParameters(parameters);
            }
            TestOrigin.echo(talk);
        })) {
            assertRefused(origin, wanted, says);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anOriginThatLeavesInTheMiddleOfTheHandshakeIsNamed(Protocol protocol) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> talk.socket().getInputStream().readNBytes(20))) {
            try (TestProxy proxy = TestProxy.to(origin).protocol(protocol).tls(TestTls.server()).start(); TestClient client = proxy.client()) {
                assertEquals(502, client.get("/a").status());
                assertEquals(1, proxy.count("failedHandshakes"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anOriginThatNeverAnswersTheHandshakeIsNotWaitedForLong(Protocol protocol) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> end.await());
                TestProxy proxy = TestProxy.to(origin).protocol(protocol).tls(TestTls.server()).connectMillis(200).start(); TestClient client = proxy.client()) {
            assertEquals(503, client.get("/a").status());
            end.countDown();
            proxy.await("closedConnections", 1);
        }
    }

    private static void assertRefused(TestOrigin origin, Protocol protocol, String says) throws Exception {
        assertRefused(origin, protocol, TestTls.server(), says);
    }

    private static void assertRefused(TestOrigin origin, Protocol protocol, TlsSettings tls, String says) throws Exception {
        try (TestProxy proxy = TestProxy.to(origin).protocol(protocol).tls(tls).start(); TestClient client = proxy.client()) {
            for (int i = 1; i <= 2; i++) { // the client's connection is none the worse for it
                HttpMessage answer = client.get("/a");
                assertEquals(502, answer.status(), answer::text);
                assertTrue(answer.text().contains("TLS with the server ") && answer.text().contains(says), answer::text);
                proxy.await("closedConnections", i);
            }
        }
    }

    /** An answer without a length ends where the connection does: TLS tells an end from a cut wire. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndThatIsNotDeclaredIsNone(boolean declared) throws Exception {
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            talk.read();
            talk.write("HTTP/1.1 200 OK\r\n\r\nall of it, or not");
            if (!declared) {
                talk.socket().close();
            }
            talk.tls().close();
        }); TestProxy proxy = TestProxy.to(origin).tls(TestTls.server()).start(); TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            if (declared) {
                assertEquals("all of it, or not", client.read().text());
            } else {
                assertThrows(IOException.class, client::read, "a chunked answer without its end");
            }
        }
    }

    /** What TLS 1.3 has to say is no data: the connection stays what it was. Older versions would begin anew, which is refused. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3, REENTRANT", "TLSv1.3, SYNCHRONIZED", "TLSv1.3, SPIN", "TLSv1.2, REENTRANT"})
    void newKeysOnAnIdleConnectionAreNoData(String version, LockKind lock) throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            talk.tls().setEnabledProtocols(new String[] {version});
            talk.ok(talk.read().target());
            idle.await();
            talk.tls().startHandshake();
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).lock(lock).tls(TestTls.server()).start(); TestClient client = proxy.client()) {
            client.get("/a");
            proxy.await("idleConnections", 1);
            long before = proxy.count("tlsIdleWakes");
            idle.countDown();
            TestProxy.await("the wake of an idle connection", () -> proxy.count("tlsIdleWakes") > before);
            if (version.equals("TLSv1.3")) {
                TestProxy.await("the mux has looked too", () -> proxy.count("idleWakes") > 0 && proxy.count("idleConnections") == 1);
                assertEquals("/b", client.get("/b").text());
                assertEquals(1, origin.connections.get());
                assertEquals(0, proxy.count("closedConnections"));
            } else {
                proxy.await("closedConnections", 1);
                assertEquals("/b", client.get("/b").text());
            }
        }
    }

    @Test
    void anOriginThatChangesItsKeysAllTheTimeIsClosed() throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            talk.ok(talk.read().target());
            idle.await();
            for (int i = 0; talk.number() == 1 && i < 10_000; i++) {
                talk.tls().startHandshake();
            }
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).tls(TestTls.server()).start(); TestClient client = proxy.client()) {
            client.get("/a");
            proxy.await("idleConnections", 1);
            idle.countDown();
            proxy.await("closedConnections", 1);
            assertEquals("/b", client.get("/b").text());
        }
    }

    /** Before its owner has seen them: the thief deals with new keys, and leaves data alone. */
    @ParameterizedTest
    @CsvSource({"REENTRANT, true", "SYNCHRONIZED, true", "SPIN, true", "REENTRANT, false"})
    void aThiefTellsNewKeysFromData(LockKind lock, boolean keys) throws Exception {
        CountDownLatch speak = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            talk.ok(talk.read().target());
            if (talk.number() == 1) {
                speak.await();
                if (keys) {
                    talk.tls().startHandshake();
                } else {
                    talk.write("x");
                }
            }
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).lock(lock).loops(2).tls(TestTls.server()).start(); TestClient a = proxy.client(); TestClient b = proxy.client()) {
            a.get("/a");
            EventLoop owner = proxy.proxy.loops()[0];
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            owner.execute(() -> { // busy, so that the thief is the first to see what has come
                held.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            held.await();
            try {
                speak.countDown();
                TestProxy.await("something is there", () -> IdleConnectionTest.peekIsReadable(owner.idle.idle));
                assertEquals("/b", b.get("/b").text());
            } finally {
                go.countDown();
            }
            assertEquals(keys ? 1 : 0, proxy.count("takeovers"));
            assertEquals(keys ? 0 : 1, proxy.count("probeRefusals"));
            assertEquals(keys ? 1 : 2, origin.connections.get());
            if (keys) {
                proxy.await("tlsStaleWakes", 1);
                proxy.await("staleWakes", 1);
            } else {
                proxy.await("closedConnections", 1);
            }
            assertEquals("/c", a.get("/c").text());
        }
    }

    /** To the other loop and back, a hundred times: each old handle of both layers runs once, and nothing of it is left. */
    @ParameterizedTest
    @EnumSource(LockKind.class)
    void bothLayersGoToAnotherLoopAndBack(LockKind lock) throws Exception {
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, TestOrigin::echo);
                TestProxy proxy = TestProxy.to(origin).lock(lock).tls(TestTls.server()).loops(2).maxconn(1).start();
                TestClient a = proxy.client(); TestClient b = proxy.client()) {
            for (int i = 0; i < 100; i++) {
                assertEquals("/a", a.get("/a").text());
                assertEquals("/b", b.get("/b").text());
            }
            assertEquals(1, origin.connections.get());
            assertEquals(199, proxy.count("takeovers"));
            proxy.await("staleWakes", 199);
            TestProxy.await("every old layer's handle has run", () -> proxy.count("tlsStaleWakes") >= 199);
            TestProxy.await("two clients and one connection have a key", () -> IdleConnectionTest.keys(proxy) == 3);
        }
    }
}
