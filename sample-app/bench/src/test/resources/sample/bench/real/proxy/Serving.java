package sample.bench.real.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** What every program here does in the same way: says that it is ready, and stops when its input ends. */
final class Serving {

    private Serving() {
    }

    /** How a program is stopped. */
    interface Stop {
        void stop() throws Exception;
    }

    /** Where a proxy is that cannot tell which port it was given. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void on(int port, Stop stop) throws Exception {
        until("listen=127.0.0.1:" + port, stop);
    }

    static void until(String ready, Stop stop) throws Exception {
        System.out.println("ready " + ready);
        endOfInput();
        stop.stop();
        System.out.println("audited " + Audited.calls());
        // Some libraries leave threads behind that are no daemons.
        System.exit(0);
    }

    private static void endOfInput() throws IOException {
        while (System.in.read() != -1) {
            // what is written to us means nothing; only the end counts
        }
    }
}
