package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A side that does not read makes the other side wait; the proxy does not store what lies between. */
class BackPressureTest {
    private static final int SIZE = 50 << 20;
    /** What the kernel's buffers of two connections may hold at most, with room to spare. */
    private static final int KERNEL = 24 << 20;

    @Test
    void aClientThatDoesNotReadStopsTheOrigin() throws Exception {
        AtomicLong written = new AtomicLong();
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
            byte[] piece = new byte[64 << 10];
            for (int i = 0; i < SIZE; i += piece.length) {
                talk.write(piece);
                written.addAndGet(piece.length);
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient slow = proxy.client(); TestClient other = proxy.client()) {
            slow.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            awaitStandstill(written);
            assertTrue(written.get() < KERNEL, "the origin could write " + written);
            assertEquals(505, other.send("GET /\r\n").read().status()); // the loop is free for others
            assertEquals(SIZE, slow.read().body().length);
        }
    }

    @Test
    void anOriginThatDoesNotReadStopsTheClient() throws Exception {
        AtomicLong written = new AtomicLong();
        java.util.concurrent.CountDownLatch read = new java.util.concurrent.CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            read.await();
            talk.ok(String.valueOf(talk.read().body().length));
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            Thread upload = new Thread(() -> {
                try {
                    client.send("PUT / HTTP/1.1\r\nHost: test\r\nContent-Length: " + SIZE + "\r\n\r\n");
                    byte[] piece = new byte[64 << 10];
                    for (int i = 0; i < SIZE; i += piece.length) {
                        client.send(piece);
                        written.addAndGet(piece.length);
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            upload.start();
            awaitStandstill(written);
            assertTrue(written.get() < KERNEL, "the client could write " + written);
            read.countDown();
            assertEquals(String.valueOf(SIZE), client.read().text());
            upload.join();
        }
    }

    /** Until nothing has been written for half a second, or everything has: waiting longer could only hide a failure. */
    private static void awaitStandstill(AtomicLong written) {
        long[] last = {-1, System.nanoTime()};
        TestProxy.await("the writer stands still", () -> {
            if (written.get() != last[0]) {
                last[0] = written.get();
                last[1] = System.nanoTime();
            }
            return last[0] > 0 && System.nanoTime() - last[1] > 500_000_000L || last[0] == SIZE;
        });
    }
}
