package sample.bench.real;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Requests through OkHttp. The first argument is the class whose monitors are counted. */
public final class OkHttp {

    private OkHttp() {
    }

    public static void main(String[] args) throws Exception {
        try (Origin origin = new Origin()) {
            OkHttpClient client = new OkHttpClient();
            Rounds.run(n -> {
                String path = "/" + n;
                Request request = new Request.Builder().url(origin.url(path)).build();
                try (Response response = client.newCall(request).execute()) {
                    Origin.check(path, response.body().string());
                }
            });
            client.connectionPool().evictAll();
            Counted.say(Rounds.ALL, Counted.ofClass(args[0]));
        }
    }
}
