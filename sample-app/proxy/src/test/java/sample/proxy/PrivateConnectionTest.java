package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** With {@code never} a connection to the origin belongs to one client for its life. */
class PrivateConnectionTest {
    @Test
    void eachClientHasAConnectionOfItsOwnAndKeepsIt() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            while (talk.read() != null) {
                talk.ok(String.valueOf(talk.number()));
            }
        }); TestProxy proxy = TestProxy.to(origin).reuse(Reuse.NEVER).loops(2).start();
                TestClient a = proxy.client(); TestClient b = proxy.client(); TestClient c = proxy.client()) {
            String ofA = a.get("/").text();
            String ofB = b.get("/").text();
            String ofC = c.get("/").text();
            assertNotEquals(ofA, ofB);
            assertNotEquals(ofA, ofC);
            assertNotEquals(ofB, ofC);
            for (int i = 0; i < 10; i++) {
                assertEquals(ofA, a.get("/").text());
                assertEquals(ofC, c.get("/").text());
                assertEquals(ofB, b.get("/").text());
            }
            a.socket.close();
            proxy.await("closedConnections", 1); // it goes with its client
            assertEquals(3, origin.connections.get());
            for (String none : new String[] {"lookups", "insertsOffered", "takeovers", "tryLocksWon", "idleConnections"}) {
                assertEquals(0, proxy.count(none), none);
            }
        }
    }
}
