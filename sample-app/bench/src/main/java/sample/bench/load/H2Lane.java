package sample.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** One request after the other, each on a stream of its own of the same connection. Jetty calls back from one thread at a time. */
final class H2Lane {

    private final Session session;
    private final String authority;
    private final Supplier<Exchange> work;
    private final Consumer<LoadResult> results;
    private final Runnable end;

    H2Lane(Session session, InetSocketAddress proxy, Supplier<Exchange> work, Consumer<LoadResult> results, Runnable end) {
        this.session = session;
        this.authority = proxy.getHostString() + ":" + proxy.getPort();
        this.work = work;
        this.results = results;
        this.end = end;
    }

    /** Sends the next request, or ends the lane. */
    void next() {
        Exchange exchange = work.get();
        if (exchange == null) {
            end.run();
            return;
        }
        Body body = exchange.request();
        HttpFields.Mutable fields = HttpFields.build().add(Exchange.TOKEN, exchange.token());
        if (body != null) {
            fields.add(Exchange.CHECKSUM, body.checksum());
        }
        long length = body == null || body.chunked() ? -1 : body.length(); // a body may come with its length or without, as with HTTP/1.1
        var head = new MetaData.Request(exchange.method(), "http", new HostPortHttpField(authority), exchange.target(), HttpVersion.HTTP_2,
                fields, length);
        var request = new Request(exchange);
        session.newStream(new HeadersFrame(head, null, body == null), request).whenComplete((stream, failed) -> {
            if (failed != null) {
                request.lost(failed.toString());
            } else if (body != null) {
                stream.data(new DataFrame(stream.getId(), body.bytes(), true), Callback.NOOP); // a failure shows on the answer
            }
        });
    }

    /** One request in flight. */
    private final class Request implements Stream.Listener {
        private final Exchange exchange;
        private final Answer answer;
        private boolean over;

        Request(Exchange exchange) {
            this.exchange = exchange;
            this.answer = new Answer(exchange);
        }

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            if (frame.getMetaData() instanceof MetaData.Response response) {
                answer.startResponse(HttpVersion.HTTP_2, response.getStatus(), null);
                response.getHttpFields().forEach(answer::parsedHeader);
            }
            if (frame.isEndStream()) {
                complete();
            } else {
                stream.demand();
            }
        }

        @Override
        public void onDataAvailable(Stream stream) {
            for (Stream.Data data = stream.readData(); data != null; data = stream.readData()) {
                ByteBuffer content = data.frame().getByteBuffer();
                boolean last = data.frame().isEndStream();
                answer.content(content);
                data.release();
                if (last) {
                    complete();
                    return;
                }
            }
            stream.demand();
        }

        @Override
        public void onReset(Stream stream, ResetFrame frame, Callback callback) {
            callback.succeeded();
            lost("reset with error " + frame.getError());
        }

        @Override
        public void onFailure(Stream stream, int error, String reason, Throwable failure, Callback callback) {
            callback.succeeded();
            lost("failed with error " + error + ", " + reason);
        }

        private void complete() {
            String error = answer.error();
            count(error, error == null ? answer.mismatch() : null);
        }

        void lost(String why) {
            count(exchange.method() + " " + exchange.target() + ": " + why, null);
        }

        private void count(String error, String mismatch) {
            synchronized (this) {
                if (over) {
                    return; // an answer may be complete, and its stream reset after that
                }
                over = true;
            }
            String complaint = error != null ? error : mismatch;
            List<String> complaints = complaint == null ? List.of() : List.of(complaint);
            results.accept(new LoadResult(1, error == null ? 0 : 1, mismatch == null ? 0 : 1, complaints));
            next();
        }
    }
}
