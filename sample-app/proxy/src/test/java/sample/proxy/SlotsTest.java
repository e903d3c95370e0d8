package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** maxconn: how many requests the origin sees at once, and in which order the others follow. */
class SlotsTest {
    @Test
    void whoWaitsIsServedInTheOrderOfArrivalOnWhateverLoop() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        List<String> sent = new ArrayList<>();
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                order.add(request.target());
                go.await();
                talk.ok("");
            }
        }); TestProxy proxy = TestProxy.to(origin).loops(3).maxconn(1).start()) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                TestClient client = proxy.client();
                clients.add(client);
                sent.add("/" + i);
                client.send("GET /" + i + " HTTP/1.1\r\nHost: test\r\n\r\n");
                proxy.await("requests", i + 1);
            }
            go.countDown();
            for (TestClient client : clients) {
                assertEquals(200, client.read().status());
                client.close();
            }
            assertEquals(sent, order);
            // A loop that meets another one in a list does not wait for it, and makes a connection of its own.
            assertTrue(origin.connections.get() <= 1 + proxy.count("tryLocksLost"), () -> origin.connections + " connections");
        }
    }

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void theOriginNeverSeesMoreThanItsLimit(Reuse reuse) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
                talk.ok("");
            }
        }); TestProxy proxy = TestProxy.to(origin).reuse(reuse).loops(2).maxconn(3).start()) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clients.add(proxy.client());
            }
            for (int round = 0; round < 20; round++) {
                for (TestClient client : clients) {
                    client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
                }
                for (TestClient client : clients) {
                    client.read();
                }
            }
            for (TestClient client : clients) {
                client.close();
            }
            TestProxy.await("all slots are free", () -> proxy.proxy.slotsTaken() == 0);
            assertTrue(most.get() <= 3, "at once: " + most);
        }
    }

    @Test
    void aClientThatLeavesTheQueueDoesNotTakeASlotWithIt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                go.await();
                talk.ok(request.target());
            }
        }); TestProxy proxy = TestProxy.to(origin).loops(2).maxconn(1).start(); TestClient first = proxy.client();
                TestClient leaving = proxy.client(); TestClient last = proxy.client()) {
            first.send("GET /first HTTP/1.1\r\nHost: test\r\n\r\n");
            proxy.await("requests", 1);
            leaving.send("POST /leaving HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\n");
            proxy.await("requests", 2);
            leaving.socket.setSoLinger(true, 0);
            leaving.socket.close();
            last.send("GET /last HTTP/1.1\r\nHost: test\r\n\r\n");
            proxy.await("requests", 3);
            go.countDown();
            assertEquals("/first", first.read().text());
            assertEquals("/last", last.read().text());
            TestProxy.await("all slots are free", () -> proxy.proxy.slotsTaken() == 0);
        }
    }
}
