package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.eclipse.jetty.http.HttpFields;

/** The HTTP/1 mux of a connection to the origin: one stream at a time, which is the mux itself. */
final class H1Back implements BackMux, BackStream {
    /** Input buffers read in one wake at most, so that one long answer does not hold up the loop. */
    private static final int READS_PER_WAKE = 16;

    private final BackConnection connection;
    private final RequestWriter writer = new RequestWriter();
    private final ResponseReader reader = new ResponseReader();
    private Exchange exchange;
    private boolean answering;
    private boolean paused;
    /** The origin takes no more. */
    private boolean outputBroken;
    /** Once all is sent, no more will be. */
    private boolean endsOutput;
    /** That is so now, and the origin knows. */
    private boolean outputEnded;
    /** The origin has ended its half of a tunnel. */
    private boolean inputEnded;

    H1Back(BackConnection connection) {
        this.connection = connection;
    }

    @Override
    public BackStream attach(Exchange exchange) {
        this.exchange = exchange;
        answering = false;
        paused = false;
        reader.expect(exchange.head);
        Settings settings = connection.loop().settings;
        connection.arm(connection.isConnected() ? settings.serverMillis() : settings.connectMillis());
        return this;
    }

    @Override
    public boolean hasRoom() {
        return exchange == null;
    }

    @Override
    public boolean isIdle() {
        return exchange == null;
    }

    @Override
    public boolean isSafe() {
        return connection.isReused();
    }

    @Override
    public void unread(byte read) {
        // an answer that nobody asked for: the connection is doomed, and will be closed
    }

    @Override
    public void connected() {
        connection.arm(connection.loop().settings.serverMillis());
        exchange.front.proceed(exchange::connected);
    }

    @Override
    public void unreachable(String why) {
        Exchange current = exchange;
        current.front.proceed(() -> current.unreachable(why));
    }

    @Override
    public void insecure(String why) {
        Exchange current = exchange;
        current.front.proceed(() -> current.insecure(why));
    }

    @Override
    public void ioCallback(boolean wasIdle) {
        try {
            if (exchange == null) {
                idleInput(wasIdle);
                return;
            }
            if (!connection.out.isEmpty()) {
                Exchange current = exchange;
                current.flushRequest();
                current.front.pump();
            }
            if (exchange != null) {
                pump();
            }
        } catch (IOException e) {
            fail();
        }
    }

    /** An idle connection has become readable. It was unlinked for this, so that no thief gets it while it is looked at. */
    private void idleInput(boolean wasIdle) throws IOException {
        int read = connection.doomed ? -1 : connection.read();
        if (read != 0) {
            connection.close(); // closed by the origin, or an answer that nobody asked for: whose would it be?
        } else if (wasIdle) {
            connection.release(); // and nothing of it may be touched after that
        }
    }

    @Override
    public void pump() {
        Exchange current = exchange;
        try {
            if (relay(current)) {
                current.front.flush();
                if (exchange == current) { // a failing client takes its exchange with it
                    settle();
                    current.front.settle();
                }
            }
        } catch (IOException e) {
            current.front.fail();
        }
    }

    /** @return false if the exchange is over and nothing of this may be touched any more */
    private boolean relay(Exchange current) throws IOException {
        int reads = 0;
        while (true) {
            paused = !current.clientHasRoom();
            if (exchange != current) {
                return false;
            }
            if (paused) {
                return true;
            }
            switch (reader.parse(connection.in)) {
                case HEAD -> answer(current);
                case CONTENT -> current.answerBody(reader.content());
                case END -> {
                    if (reader.isTunnel() && !outputEnded && !outputBroken) {
                        endHalf(current);
                        return exchange == current;
                    }
                    current.answerEnd(reader.trailers());
                    return false;
                }
                case FAULT -> {
                    current.broken(reader.fault());
                    return false;
                }
                case STARVED -> {
                    if (connection.drained || reads++ == READS_PER_WAKE) {
                        return true;
                    }
                    if (!readAnswer(current)) {
                        return false;
                    }
                }
            }
            if (exchange != current) {
                return false;
            }
        }
    }

    /** The client's half of the tunnel goes on until it ends too. */
    private void endHalf(Exchange current) {
        if (!inputEnded) {
            inputEnded = true;
            current.front.halfEnd();
        }
    }

    private void answer(Exchange current) throws IOException {
        if (reader.head().isSwitch()) {
            writer.beginTunnel();
        }
        current.answer(reader.head());
        if (reader.head().isSwitch() && exchange == current) {
            current.front.pump(); // the client may have gone on already
        }
    }

    /** @return false if the connection is lost */
    private boolean readAnswer(Exchange current) throws IOException {
        int read;
        try {
            read = connection.read();
        } catch (IOException e) {
            current.lost("The connection to the server broke: " + e.getMessage() + ".");
            return false;
        }
        if (read > 0) {
            answering = true;
            connection.arm(connection.loop().settings.serverMillis());
        } else if (read < 0) {
            if (!current.isAnswered()) {
                current.lost("The server closed the connection " + (answering ? "in the middle of an answer's head." : "without an answer."));
                return false;
            }
            reader.atEnd(); // which may well be the end of an answer without a length
            connection.drained = false; // the reader has to be asked once more
        }
        return true;
    }

    @Override
    public boolean isConnected() {
        return connection.isConnected();
    }

    @Override
    public void arm(long millis) {
        connection.arm(millis);
    }

    @Override
    public boolean head(RequestHead head) throws IOException {
        return writer.head(head, connection.out, connection.loop().headScratch);
    }

    @Override
    public boolean takesBody() {
        return !outputBroken && connection.out.hasRoom(Settings.LARGEST_PIECE);
    }

    @Override
    public void body(ByteBuffer content) throws IOException {
        writer.content(content, connection.out);
    }

    @Override
    public void bodyEnd(HttpFields trailers) throws IOException {
        if (reader.isTunnel()) {
            endsOutput = true;
        } else {
            writer.end(trailers, connection.out, connection.loop().headScratch);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            int before = connection.out.pending();
            boolean empty = connection.out.flush(connection.channel);
            if (connection.out.pending() < before) {
                connection.arm(connection.loop().settings.serverMillis()); // it is slow, but takes what it is sent
            }
            if (empty && endsOutput && connection.endOutput()) {
                endsOutput = false; // as the client has done
                outputEnded = true;
            }
        } catch (IOException e) {
            outputBroken();
            return;
        }
        if (outputEnded && inputEnded) {
            pump(); // both halves are over
        } else {
            settle();
        }
    }

    /** The origin takes no more of the request. It may have answered before, which is the answer then; if it has not, the read says so. */
    private void outputBroken() {
        outputBroken = true;
        connection.out.discard();
        connection.drained = false;
        pump();
    }

    private void settle() {
        connection.interest((paused || inputEnded ? 0 : SelectionKey.OP_READ) | connection.writeInterest());
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public boolean hasUnsent() {
        return !connection.out.isEmpty();
    }

    @Override
    public boolean isReused() {
        return connection.isReused();
    }

    @Override
    public boolean hasAnswered() {
        return answering;
    }

    @Override
    public boolean isClean() {
        return !connection.closed && !outputBroken && !connection.hasUnread() && connection.out.isEmpty();
    }

    @Override
    public void detach(boolean reusable) {
        exchange = null;
        if (reusable) {
            connection.interest(SelectionKey.OP_READ); // how the origin's closing it will be noticed
            connection.release();
        } else {
            connection.close();
        }
    }

    @Override
    public void drop() {
        exchange = null;
        connection.close();
    }

    @Override
    public void expired() {
        Exchange current = exchange;
        try {
            if (current == null) {
                connection.close(); // it lay idle for too long
            } else if (connection.isConnected()) {
                current.serverTimedOut();
            } else {
                current.connectTimedOut();
            }
        } catch (IOException e) {
            fail();
        }
    }

    @Override
    public void fail() {
        if (exchange != null) {
            exchange.front.fail();
        } else {
            connection.close();
        }
    }
}
