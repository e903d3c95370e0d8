package sample.bench.endtoend;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import sample.bench.load.Bodies;
import sample.bench.load.H2LoadClient;
import sample.bench.load.LoadClient;
import sample.bench.load.LoadResult;

/** What is spoken from the client to the proxy, and from there to the origin. */
enum Way {
    H1("h1 to h1", false, "h1"), H2_TO_H1("h2 to h1", true, "h1"), H2("h2 to h2", true, "h2");

    private static final int CLIENT_THREADS = 2;
    /** Requests in flight on each HTTP/2 connection of a client. */
    private static final int STREAMS = 4;

    private final String label;
    private final boolean streams;
    private final String back;

    Way(String label, boolean streams, String back) {
        this.label = label;
        this.streams = streams;
        this.back = back;
    }

    /** As raw figures and tables name it. */
    @JsonValue
    String label() {
        return label;
    }

    /** The protocol to the origin. */
    String back() {
        return back;
    }

    /** Sends one round of requests, of which as many are in flight as there are clients. */
    LoadResult load(InetSocketAddress proxy, int clients, Bodies bodies, int round, long requests) throws IOException, InterruptedException {
        return streams ? new H2LoadClient(proxy, Math.max(1, clients / STREAMS), STREAMS, null, bodies).run(round, requests)
                : new LoadClient(proxy, clients, CLIENT_THREADS, false, bodies).run(round, requests);
    }
}
