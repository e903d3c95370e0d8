package sample.bench.real;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.PoolingHttpDestination;

/** Requests through Jetty's client 9.2. */
public final class Jetty92 {

    private Jetty92() {
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("org.eclipse.jetty.LEVEL", "OFF");
        try (Origin origin = new Origin()) {
            HttpClient client = new HttpClient();
            client.start();
            PoolingHttpDestination destination = (PoolingHttpDestination) client.getDestination("http", "127.0.0.1", origin.port());
            Object lock = Counted.field(destination.getConnectionPool(), "lock");
            Rounds.run(n -> {
                String path = "/" + n;
                Origin.check(path, client.GET(origin.url(path)).getContentAsString());
            });
            client.stop();
            Counted.say(Rounds.ALL, Counted.of(lock));
        }
    }
}
