package sample.bench.real;

import com.predic8.membrane.core.transport.http.Connection;
import com.predic8.membrane.core.transport.http.ConnectionManager;
import com.predic8.membrane.core.util.TimerManager;

/** Connections of Membrane's manager to a server of this JVM, leased and given back. */
public final class Membrane {

    private Membrane() {
    }

    public static void main(String[] args) throws Exception {
        TimerManager timers = new TimerManager();
        try (Origin origin = new Origin()) {
            ConnectionManager connections = new ConnectionManager(60_000, timers);
            Rounds.run(n -> {
                Connection connection = connections.getConnection("127.0.0.1", origin.port(), null, null, 10_000);
                connections.releaseConnection(connection);
                if (n % 100 == 0) {
                    connections.toString();
                }
            });
            connections.shutdownWhenDone();
            timers.shutdown();
            Counted.say(Rounds.ALL, Counted.of(connections));
        }
    }
}
