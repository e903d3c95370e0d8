package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;

/**
 * One request and its answer, between a client's connection and one to the origin. Both are on the same loop for as long as it
 * lasts. Owner thread only, except {@link #granted}.
 */
final class Exchange {
    private enum Phase {
        QUEUED, CONNECTING, OPEN, OVER
    }

    final FrontConnection front;
    final RequestHead head;
    private final EventLoop loop;
    private final Server server;
    private BackConnection back;
    private Phase phase = Phase.QUEUED;
    private boolean holdsSlot;
    private boolean requestComplete;
    private boolean bodySent;
    private boolean retried;
    private boolean answered;
    private boolean serverKeepsAlive;

    Exchange(FrontConnection front, RequestHead head) {
        this.front = front;
        this.head = head;
        this.loop = front.loop();
        this.server = loop.server;
        this.requestComplete = !head.hasBody();
    }

    void begin() throws IOException {
        loop.counters.request();
        if (server.slots.acquire(this)) {
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
        BackConnection connection = server.pick(front);
        if (connection == null) {
            connect();
        } else {
            attach(connection);
        }
    }

    private void connect() throws IOException {
        BackConnection fresh;
        try {
            fresh = BackConnection.connect(loop);
        } catch (IOException e) {
            unreachable(e.getMessage());
            return;
        }
        attach(fresh);
    }

    private void attach(BackConnection connection) throws IOException {
        back = connection;
        connection.attach(this);
        if (connection.isConnected()) {
            connected();
        } else {
            phase = Phase.CONNECTING;
        }
    }

    /** The connection to the origin is up: the head goes into its buffer, and the body may follow. */
    void connected() throws IOException {
        phase = Phase.OPEN;
        if (!back.writer.head(head, back.out, loop.headScratch)) {
            fail(431, "The request's header fields are too large.");
        } else if (head.hasBody() && requestComplete) {
            back.writer.end(back.out); // a second attempt, with a body of no bytes
        }
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
        return back.out.hasRoom(Settings.LARGEST_PIECE);
    }

    void body(ByteBuffer content) throws IOException {
        bodySent = true;
        back.writer.content(content, back.out);
    }

    void bodyEnd() throws IOException {
        requestComplete = true;
        back.writer.end(back.out);
    }

    /** Sends what the origin's socket takes. May end the exchange. */
    void flushRequest() throws IOException {
        if (phase != Phase.OPEN) {
            return;
        }
        try {
            back.out.flush(back.channel);
        } catch (IOException e) {
            lost("The server closed the connection while the request was sent to it.");
            return;
        }
        back.settle();
    }

    /** The client's socket takes bytes again. */
    void clientWritable() {
        if (phase == Phase.OPEN && back.isPaused()) {
            back.pump();
        }
    }

    /** Whether the client's buffer takes the next piece of the answer. */
    boolean clientHasRoom() {
        if (front.out.hasRoom(Settings.LARGEST_PIECE)) {
            return true;
        }
        front.flush();
        return !front.closed && front.out.hasRoom(Settings.LARGEST_PIECE);
    }

    void answer(ResponseHead response) throws IOException {
        if (response.isInterim()) {
            if (head.version() == HttpVersion.HTTP_1_1) {
                front.writer.interim(response, front.out, loop.headScratch);
            }
            return;
        }
        boolean keepAlive = head.keepAlive() && requestComplete && !loop.isStopping();
        if (front.writer.head(head, response, keepAlive, front.out, loop.headScratch)) {
            answered = true;
            serverKeepsAlive = response.keepAlive();
            loop.counters.response();
        } else {
            fail(502, "The server's response has header fields that are too large.");
        }
    }

    void answerBody(ByteBuffer content) throws IOException {
        front.writer.content(content, front.out);
    }

    /** The answer is complete. When this returns, the connection to the origin may be another loop's. */
    void answerEnd() throws IOException {
        boolean goOn = front.writer.end(front.out) && requestComplete;
        BackConnection done = back;
        boolean reusable = serverKeepsAlive && requestComplete && done.isClean();
        back = null;
        phase = Phase.OVER;
        front.flush();
        done.detach(front, reusable);
        releaseSlot(); // after the connection was published, so that who gets the slot finds it
        front.answerDone(goOn, !head.keepAlive());
    }

    /** The connection to the origin is lost. If it was a used one that the origin gave up meanwhile, a fresh one gets its chance. */
    void lost(String why) throws IOException {
        if (answered) {
            cutShort();
        } else if (mayRetry()) {
            retried = true;
            loop.counters.retry();
            dropBack();
            connect();
            flushRequest();
        } else {
            fail(502, why);
        }
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

    /** What came from the origin is no HTTP that could be passed on. */
    void broken(String why) throws IOException {
        fail(502, why);
    }

    void connectTimedOut() throws IOException {
        fail(503, "The server " + server.authority() + " accepted no connection within " + loop.settings.connectMillis() + " ms.");
    }

    void queueTimedOut() throws IOException {
        fail(503, "No request slot of the server became free within " + loop.settings.connectMillis() + " ms.");
    }

    void serverTimedOut() throws IOException {
        if (back.isPaused() || !requestComplete && back.out.isEmpty()) {
            back.arm(loop.settings.serverMillis()); // it is the client who is slow
        } else {
            fail(504, "The server sent no answer within " + loop.settings.serverMillis() + " ms.");
        }
    }

    void clientTimedOut() throws IOException {
        fail(408, "The request's body did not arrive within " + loop.settings.clientMillis() + " ms.");
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
            BackConnection dropped = back;
            back = null;
            dropped.drop();
        }
    }

    private void releaseSlot() {
        if (holdsSlot) {
            holdsSlot = false;
            server.slots.release();
        }
    }
}
