package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A connection to a client or to the origin, with its buffers. It belongs to the loop of its tasklets, except while it is listed in
 * an idle list: then it belongs to that list's lock.
 */
abstract class Connection {
    final SocketChannel channel;
    /** The idle list this connection is in; null while it is in none. Written with the ring's links, under that list's lock. */
    IdleConns list;
    /** In which of the list's rings it is, or will be next. Written by its owner before the insert. */
    boolean safe;
    /** The neighbours in that list's ring; null while not listed. Guarded by that list's lock. */
    BackConnection next;
    BackConnection previous;
    /** When the timer may strike, in nanoseconds of {@link EventLoop#now()}. */
    long deadline = ConnectionTimer.NEVER;
    boolean closed;
    /** What was read and not parsed yet; flush mode. Null once closed. */
    ByteBuffer in;
    /** What is to be written. Null once closed. */
    OutBuffer out;
    /** The last read found less than it had room for, so the next one would find nothing: the selector will tell. */
    boolean drained;
    private int interest;

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** The mux's wake handle on the loop that owns this connection now. */
    abstract Tasklet tasklet();

    /** The layer below the mux; null without TLS. Always the same. */
    abstract TlsLayer tls();

    /**
     * Something has happened, most often the channel has become ready.
     *
     * @param wasIdle the connection was in its loop's idle list until just now
     */
    abstract void ioCallback(boolean wasIdle);

    /** The TLS handshake came to nothing, for this reason. What TLS had to say about it is sent. Not listed. */
    abstract void insecure(String why);

    /** A wake has unlinked this connection and found that it may stay idle. Nothing of it may be touched after this. */
    abstract void relist();

    /** The time of {@link #arm} is up. Not listed. */
    abstract void expired();

    /** Gives up this connection and whatever hangs on it. Never throws. */
    abstract void fail();

    /** Whether this connection is in an idle list: its link says so, not a status. Under that list's lock, or by an owner who knows. */
    final boolean isListed() {
        return list != null;
    }

    final EventLoop loop() {
        return tasklet().loop;
    }

    /** Takes buffers of the loop and registers with its selector. */
    final void open(int interest) throws IOException {
        EventLoop loop = loop();
        in = loop.inputs.take();
        out = new OutBuffer(loop.outputs.take(), tls());
        this.interest = interest;
        Handle lowest = lowest();
        lowest.key = channel.register(loop.selector, interest, lowest);
    }

    /** Whether a wake of one of its layers is on the way. Owner thread. */
    final boolean isQueued() {
        return tasklet().queued || lowest().queued;
    }

    /** The handle that readiness of the channel wakes. */
    private Handle lowest() {
        return tls() == null ? tasklet() : tls().tasklet;
    }

    /**
     * Reads what fits.
     *
     * @return the number of bytes, 0 if there were none or no room, -1 at the end of the stream
     */
    final int read() throws IOException {
        in.compact();
        try {
            int room = in.remaining();
            int read = tls() == null ? channel.read(in) : tls().read(in);
            drained = read < room && !(read > 0 && holdsInput());
            return read;
        } finally {
            in.flip();
        }
    }

    /** Whether there is input in TLS's buffers, of which the selector knows nothing. */
    private boolean holdsInput() {
        return tls() != null && tls().holdsInput();
    }

    /** Whether something that has been received is not parsed yet. */
    final boolean hasUnread() {
        return in.hasRemaining() || holdsInput();
    }

    /**
     * Says, after the last of the output, that this is the end; the peer may still send.
     *
     * @return false if TLS's own last word waits for the channel, as part of the output: to be called again once that is sent
     */
    final boolean endOutput() throws IOException {
        if (tls() != null) {
            tls().endOutput();
            if (tls().unsent() > 0) {
                return false;
            }
        }
        channel.shutdownOutput();
        return true;
    }

    /** Asks for the given readiness; none of it is asked for once this returns with 0. */
    final void interest(int ops) {
        if ((ops & SelectionKey.OP_READ) != 0 && holdsInput()) {
            loop().wakeFromOutside(tasklet()); // in the next turn, as if the selector had found it
        }
        if (ops != interest) {
            interest = ops;
            lowest().key.interestOps(ops);
        }
    }

    final int writeInterest() {
        return out.isEmpty() ? 0 : SelectionKey.OP_WRITE;
    }

    /** Has {@link #expired} called if this is not called again within the given time. */
    final void arm(long millis) {
        armUntil(in(millis));
    }

    /** The time that is so many milliseconds from now, in nanoseconds of {@link EventLoop#now()}. */
    final long in(long millis) {
        return loop().now() + millis * 1_000_000;
    }

    /** Like {@link #arm}, with the time itself. */
    final void armUntil(long time) {
        deadline = time;
        ConnectionTimer timer = tasklet().timer;
        if (time < timer.due) { // later is the usual case: the timer finds out by itself when it fires
            loop().timers.schedule(timer, time);
        }
    }

    /**
     * Closes the channel and returns the buffers, once. Owner thread, not listed. The tasklets keep their context: a wake that is
     * still on its way finds the connection closed.
     */
    final boolean shut() {
        if (closed) {
            return false;
        }
        assert !isListed();
        closed = true;
        EventLoop loop = loop();
        loop.timers.remove(tasklet().timer);
        if (tls() != null) {
            tls().close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
        if (out != null) {
            loop.inputs.giveBack(in);
            loop.outputs.giveBack(out.release());
            in = null;
            out = null;
        }
        return true;
    }
}
