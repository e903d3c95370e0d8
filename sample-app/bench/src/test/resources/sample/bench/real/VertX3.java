package sample.bench.real;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.util.concurrent.CompletableFuture;

/** Requests through the HTTP client of Vert.x 3. */
public final class VertX3 {

    private VertX3() {
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("vertx.disableDnsResolver", "true");
        try (Origin origin = new Origin()) {
            Vertx vertx = Vertx.vertx();
            HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(3));
            Rounds.run(n -> {
                String path = "/" + n;
                CompletableFuture<String> answer = new CompletableFuture<>();
                client.getNow(origin.port(), "127.0.0.1", path, response -> response.bodyHandler(body -> answer.complete(body.toString())));
                Origin.check(path, answer.get());
            });
            client.close();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            vertx.close(done -> closed.complete(null));
            closed.get();
            Counted.say(Rounds.ALL, Counted.ofClass("Pool"));
        }
    }
}
