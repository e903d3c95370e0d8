package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;

/**
 * One request and its answer, between a client's stream and one to the origin. Both are on the same loop for as long as it
 * lasts. Owner thread only, except {@link #granted}.
 */
final class Exchange {
    private enum Phase {
        QUEUED, CONNECTING, OPEN, OVER
    }

    final FrontStream front;
    final RequestHead head;
    private final EventLoop loop;
    private final Server server;
    private BackStream back;
    private Phase phase = Phase.QUEUED;
    private boolean holdsSlot;
    private boolean requestComplete;
    private HttpFields trailers;
    private boolean bodySent;
    private boolean retried;
    private boolean answered;
    private boolean serverKeepsAlive;
    /** The origin has switched protocols: bytes go both ways from here on. */
    private boolean tunnel;
    /** When the last of them did, in nanoseconds of {@link EventLoop#now()}. */
    private long lastMoved;
    private final boolean first;

    Exchange(FrontStream front, RequestHead head) {
        this.front = front;
        this.head = head;
        this.loop = front.connection().loop();
        this.server = loop.server;
        this.requestComplete = !head.hasBody();
        this.first = front.connection().isFirstRequest();
    }

    void begin() throws IOException {
        loop.counters.request();
        if (server.pool.isInMaintenance()) {
            fail(503, "The server is in maintenance.");
        } else if ("websocket".equalsIgnoreCase(head.upgrade()) && server.protocol == Protocol.H2) {
            fail(501, "This proxy opens no WebSocket over HTTP/2."); // any other offer may be ignored: RFC 9110 section 7.8
        } else if (server.slots.acquire(this)) {
            holdsSlot = true;
            open();
        } else {
            front.arm(loop.settings.connectMillis());
        }
    }

    /** The slot that this exchange waited for is its own. Any thread. */
    void granted() {
        loop.execute(() -> {
            if (phase == Phase.OVER) {
                server.slots.release(); // the client did not wait
            } else {
                holdsSlot = true;
                front.proceed(this::open);
            }
        });
    }

    private void open() throws IOException {
        front.arm(loop.settings.clientMillis());
        BackConnection connection = server.pick(front.connection(), first);
        if (connection == null) {
            connect();
        } else {
            attach(connection);
        }
    }

    private void connect() throws IOException {
        BackConnection fresh;
        try {
            fresh = server.connect(front.connection());
        } catch (IOException e) {
            unreachable(e.getMessage());
            return;
        }
        attach(fresh);
    }

    private void attach(BackConnection connection) throws IOException {
        back = connection.attach(this);
        if (back.isConnected()) {
            connected();
        } else {
            phase = Phase.CONNECTING;
        }
    }

    /** The connection to the origin is up: the head goes into its buffer, and the body may follow. */
    void connected() throws IOException {
        phase = Phase.OPEN;
        if (!back.head(head)) {
            headTooLarge();
        } else if (head.hasBody() && requestComplete) {
            back.bodyEnd(trailers); // a second attempt, with a body of no bytes
        }
    }

    void headTooLarge() throws IOException {
        fail(431, "The request's header fields are too large.");
    }

    /** Whether the client's next bytes belong into the request's body and have somewhere to go. */
    boolean takesRequest() {
        return phase == Phase.OPEN && !requestComplete;
    }

    /** Whether the head of the answer has gone to the client, so that no other answer can be given. */
    boolean isAnswered() {
        return answered;
    }

    boolean isQueued() {
        return phase == Phase.QUEUED;
    }

    /** Whether the origin's buffer takes more of the body, if it must after sending some. */
    boolean hasRoom() throws IOException {
        if (!bodyHasRoom()) {
            flushRequest();
        }
        return phase == Phase.OPEN && bodyHasRoom();
    }

    /** Whether the body, which is not complete, has room in the origin's buffer as that stands. */
    boolean bodyHasRoom() {
        return back.takesBody();
    }

    void body(ByteBuffer content) throws IOException {
        bodySent = true;
        lastMoved = loop.now();
        back.body(content);
    }

    /** @param trailers the fields after it; null for none */
    void bodyEnd(HttpFields trailers) throws IOException {
        requestComplete = true;
        this.trailers = trailers;
        back.bodyEnd(trailers);
    }

    /** Sends what the origin's socket takes. May end the exchange. */
    void flushRequest() throws IOException {
        if (phase == Phase.OPEN) {
            back.flush();
        }
    }

    /** The client's socket takes bytes again. */
    void clientWritable() {
        if (phase == Phase.OPEN && back.isPaused()) {
            back.pump();
        }
    }

    /** Whether the client takes the next piece of the answer. May end the exchange. */
    boolean clientHasRoom() {
        return front.hasRoom();
    }

    void answer(ResponseHead response) throws IOException {
        if (response.isInterim()) {
            if (head.version() != HttpVersion.HTTP_1_0) {
                front.interim(response);
            }
            return;
        }
        boolean keepAlive = response.isSwitch() || head.keepAlive() && requestComplete && !loop.isStopping();
        if (response.isSwitch()) {
            tunnel = true;
            requestComplete = false; // the client's bytes from here on
            lastMoved = loop.now();
        }
        if (front.head(head, response, keepAlive)) {
            answered = true;
            serverKeepsAlive = response.keepAlive();
            loop.counters.response();
        } else {
            fail(502, "The server's response has header fields that are too large.");
        }
    }

    void answerBody(ByteBuffer content) throws IOException {
        lastMoved = loop.now();
        front.content(content);
    }

    /** The answer is complete. When this returns, the connection to the origin may be another loop's. */
    void answerEnd(HttpFields trailers) throws IOException {
        boolean goOn = front.end(trailers) && requestComplete && !tunnel;
        BackStream done = back;
        boolean reusable = serverKeepsAlive && requestComplete && done.isClean();
        back = null;
        phase = Phase.OVER;
        front.flush();
        done.detach(reusable);
        releaseSlot(); // after the connection was published, so that who gets the slot finds it
        front.answerDone(goOn, !head.keepAlive());
    }

    /** The connection to the origin is lost. If it was a used one that the origin gave up meanwhile, a fresh one gets its chance. */
    void lost(String why) throws IOException {
        if (answered) {
            cutShort();
        } else if (mayRetry()) {
            retry();
        } else {
            fail(502, why);
        }
    }

    /** The origin has said that it has not looked at the request, so that another connection may get it (RFC 9113 section 8.7). */
    void refused(String why) throws IOException {
        if (answered || retried || bodySent) {
            lost(why);
        } else {
            retry();
        }
    }

    private void retry() throws IOException {
        retried = true;
        loop.counters.retry();
        dropBack();
        connect();
        flushRequest();
    }

    /**
     * RFC 9110 section 9.2.2: not if it might be done twice that way. What the origin has no whole request of it has not done; and
     * no part of a body was kept that could be sent again.
     */
    private boolean mayRetry() {
        return back.isReused() && !back.hasAnswered() && !retried && !bodySent && (head.isIdempotent() || !requestComplete);
    }

    void unreachable(String why) throws IOException {
        fail(503, "The server " + server.authority() + " cannot be reached: " + why + ".");
    }

    void insecure(String why) throws IOException {
        fail(502, "TLS with the server " + server.authority() + " failed: " + why + ".");
    }

    /** What came from the origin is no HTTP that could be passed on. */
    void broken(String why) throws IOException {
        fail(502, why);
    }

    void connectTimedOut() throws IOException {
        fail(503, "The server " + server.authority() + " accepted no connection within " + loop.settings.connectMillis() + " ms.");
    }

    void serverTimedOut() throws IOException {
        if (tunnel) {
            tunnelTimedOut(back::arm);
        } else if (back.isPaused() || !requestComplete && !back.hasUnsent()) {
            back.arm(loop.settings.serverMillis()); // it is the client who is slow
        } else {
            fail(504, "The server sent no answer within " + loop.settings.serverMillis() + " ms.");
        }
    }

    /** The client has done nothing for long. {@code unsent}: it does not even take what it is sent. */
    void clientExpired(boolean unsent) throws IOException {
        if (isQueued()) {
            fail(503, "No request slot of the server became free within " + loop.settings.connectMillis() + " ms.");
        } else if (tunnel) {
            tunnelTimedOut(front::arm);
        } else if (unsent) {
            front.fail();
        } else if (takesRequest()) {
            fail(408, "The request's body did not arrive within " + loop.settings.clientMillis() + " ms.");
        } else {
            front.arm(loop.settings.clientMillis()); // it waits for the origin, which has a timer of its own
        }
    }

    /** One side of a tunnel may well be silent for as long as the other is not. */
    private void tunnelTimedOut(LongConsumer again) {
        long limit = Math.max(loop.settings.clientMillis(), loop.settings.serverMillis());
        long left = limit - (loop.now() - lastMoved) / 1_000_000;
        if (left > 0) {
            again.accept(left);
        } else {
            front.fail();
        }
    }

    /** Ends the exchange with an answer of the proxy's own, or by cutting short the one that is under way. */
    void fail(int status, String sentence) throws IOException {
        if (answered) {
            cutShort();
            return;
        }
        boolean goOn = requestComplete && head.keepAlive() && !loop.isStopping();
        abandon();
        front.answerError(head, status, sentence, goOn);
    }

    /** The client is to get what there is of the answer, and to see that this is not all. */
    private void cutShort() {
        front.flush();
        front.fail();
    }

    /** Ends the exchange without an answer: the connection to the origin cannot be used again. */
    void abandon() {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            dropBack();
            releaseSlot();
        }
    }

    private void dropBack() {
        if (back != null) {
            BackStream dropped = back;
            back = null;
            dropped.drop();
        }
    }

    private void releaseSlot() {
        if (holdsSlot) {
            holdsSlot = false;
            if (server.protocol == Protocol.H2 && server.slots.areLimited()) {
                loop.execute(server.slots::release); // its connection is published at the end of this wake only
            } else {
                server.slots.release();
            }
        }
    }
}
