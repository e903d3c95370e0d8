package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;

/**
 * One connection's records between its engine and its channel. Neither blocks nor waits: what a socket does not give or take now is left
 * to the next call. Used by the connection's owner; of an idle connection, by a thief under the list's lock.
 */
final class TlsRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER = 5;
    /** In a second, after the handshake: new keys, tickets and nothing at all cost the peer less than this side. */
    private static final int RECORDS_WITHOUT_DATA = 32;
    /** Longer ones than any that is meant well. */
    private static final int RECORDS_OF_HANDSHAKE = 256;

    private final SSLEngine engine;
    private final SocketChannel channel;
    /** Of the peer's, not decrypted; flush mode, like the others. */
    private final ByteBuffer received;
    /** Encrypted, not sent. */
    private final ByteBuffer encrypted;
    /** Decrypted, when the reader had no room for a whole record. Null until that has happened. */
    private ByteBuffer spilled;
    /** The last look at the channel found less than there was room for: the selector will tell when there is more. */
    private boolean drained;
    private boolean inputEnded;
    /** Why the input ended, if that was not TLS's own end. */
    private IOException failure;
    private boolean outputEnded;
    private int handshakeRecords;
    private final RateControl withoutData = new WindowRateControl(RECORDS_WITHOUT_DATA, Duration.ofSeconds(1));

    TlsRecords(SSLEngine engine, SocketChannel channel, ByteBuffer received, ByteBuffer encrypted) {
        this.engine = engine;
        this.channel = channel;
        this.received = received;
        this.encrypted = encrypted;
    }

    /**
     * Goes on with the handshake as far as the channel lets it. The engine's tasks run right here, as HAProxy's do: one costs the loop
     * about a millisecond, for a signature, and handing it to another thread would cost the handshake its order.
     *
     * @return whether the handshake is over; some of its bytes may not be sent yet
     */
    boolean handshake() throws IOException {
        drained = false;
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (!flush()) {
                        return false;
                    }
                    wrap(NOTHING);
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    flush();
                    if (!unwrapHandshake()) {
                        return false;
                    }
                }
                default -> {
                    flush();
                    return true;
                }
            }
        }
    }

    /** @return false if there is nothing to go on with now */
    private boolean unwrapHandshake() throws IOException {
        SSLEngineResult result = engine.unwrap(received, NOTHING);
        if (result.bytesConsumed() > 0 && ++handshakeRecords > RECORDS_OF_HANDSHAKE) {
            throw new SSLException("the handshake has too many records");
        }
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> {
                boolean more = receive();
                if (inputEnded) {
                    throw new SSLException("the peer closed the connection");
                }
                yield more;
            }
            case BUFFER_OVERFLOW, CLOSED -> throw new SSLException("the peer ended TLS");
        };
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /**
     * Decrypts what there is into {@code target}, which is in fill mode. Less than it has room for, and nothing {@link #holdsInput
     * held}, means that the selector will tell when there is more.
     *
     * @return the number of bytes, 0 if there were none or no room, -1 at the end that the peer has declared
     * @throws SSLException for what is no TLS, for a renegotiation, and for an end that the peer has not declared
     */
    int read(ByteBuffer target) throws IOException {
        int before = target.position();
        drained = false;
        try {
            fill(target);
        } catch (IOException e) {
            failure = e;
            inputEnded = true;
        }
        int read = target.position() - before;
        if (read > 0 || !inputEnded) {
            return read;
        }
        if (failure != null) {
            throw failure; // not before what came in good order has been read
        }
        return -1;
    }

    private void fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (hasSpilled()) {
                move(spilled, target);
            } else if (inputEnded || !decrypt(target)) {
                return;
            }
        }
    }

    private static void move(ByteBuffer source, ByteBuffer target) {
        int length = Math.min(source.remaining(), target.remaining());
        target.put(source.slice().limit(length));
        source.position(source.position() + length);
    }

    /** One record. @return false if there is none now */
    private boolean decrypt(ByteBuffer target) throws IOException {
        if (!answer()) {
            return false;
        }
        SSLEngineResult result = engine.unwrap(received, target);
        switch (result.getStatus()) {
            case OK -> {
                if (result.bytesProduced() == 0 && !withoutData.onEvent(result)) {
                    throw new SSLException("too many records without data");
                }
                return result.bytesConsumed() > 0 && afterRecord(result.getHandshakeStatus());
            }
            case BUFFER_OVERFLOW -> {
                if (target == spilled) {
                    throw new SSLException("a record is too large");
                }
                return spill();
            }
            case BUFFER_UNDERFLOW -> {
                return receive();
            }
            case CLOSED -> {
                inputEnded = true;
                return true;
            }
        }
        throw new AssertionError(result);
    }

    /** One record, for lack of room elsewhere. */
    private boolean spill() throws IOException {
        if (spilled == null) {
            spilled = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }
        spilled.clear();
        try {
            return decrypt(spilled);
        } finally {
            spilled.flip();
        }
    }

    /** TLS 1.3 may say something of its own at any time, a new ticket or key; what older versions have is a new handshake. */
    private boolean afterRecord(HandshakeStatus status) throws SSLException {
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return true;
        }
        if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException("the peer wants to renegotiate");
        }
        runTasks();
        return true;
    }

    /** Sends what the engine owes the peer. @return false if the channel does not take it now */
    private boolean answer() throws IOException {
        boolean sent = true;
        while (sent && owesAnswer()) {
            sent = flush();
            if (sent) {
                wrap(NOTHING);
                flush();
            }
        }
        return sent;
    }

    private boolean owesAnswer() {
        return !outputEnded && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    /** @return false if there was nothing more */
    private boolean receive() throws IOException {
        if (drained) {
            return false;
        }
        received.compact();
        int room = received.remaining();
        int read;
        try {
            read = channel.read(received);
        } finally {
            received.flip();
        }
        if (read < 0) {
            inputEnded = true;
            failure = new SSLException("it was closed without TLS's end"); // somebody may have cut it
        } else if (room == 0) {
            throw new SSLException("a record is too large");
        }
        drained = read < room;
        return read > 0;
    }

    /** Whether there is something for the next {@link #read} of which the channel knows nothing. */
    boolean holdsInput() {
        return hasSpilled() || inputEnded || hasWholeRecord() && !owesAnswer();
    }

    private boolean hasSpilled() {
        return spilled != null && spilled.hasRemaining();
    }

    private boolean hasWholeRecord() {
        int at = received.position();
        if (received.remaining() < HEADER) {
            return false;
        }
        int length = HEADER + (received.getShort(at + HEADER - 2) & 0xFFFF);
        return received.remaining() >= length || length > received.capacity(); // which is an error, and to be found
    }

    /**
     * A thief's look. What holds no data, a ticket or a new key, is dealt with; any part of a record that may hold some means no.
     *
     * @return false if there is something to read, or to send
     */
    boolean isQuiet() throws IOException {
        drained = false;
        while (!hasSpilled() && !inputEnded && spill()) {
            // on
        }
        return !holdsInput() && !received.hasRemaining() && !encrypted.hasRemaining();
    }

    /** After the handshake: encrypts and sends what the channel takes of {@code source}; what is left of it was not looked at. */
    void write(ByteBuffer source) throws IOException {
        if (outputEnded && source.hasRemaining()) {
            throw new SSLException("TLS has ended");
        }
        while (flush() && source.hasRemaining()) {
            wrap(source);
            if (!encrypted.hasRemaining()) {
                throw new SSLException("TLS takes no data now"); // and asking again would not help
            }
        }
    }

    private boolean flush() throws IOException {
        if (encrypted.hasRemaining()) {
            channel.write(encrypted);
        }
        return !encrypted.hasRemaining();
    }

    private void wrap(ByteBuffer source) throws IOException {
        encrypted.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(source, encrypted);
        } finally {
            encrypted.flip();
        }
        if (result.getStatus() != SSLEngineResult.Status.OK && !outputEnded) {
            throw new SSLException("TLS has ended");
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
    }

    int unsent() {
        return encrypted.remaining();
    }

    /** Says that this is the end, or what the peer did wrong, as far as the channel takes it now. */
    void end() throws IOException {
        outputEnded = true;
        engine.closeOutbound();
        while (flush() && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
            if (!encrypted.hasRemaining()) {
                return;
            }
        }
    }

    /** Throws away what is not sent: nothing more will be. */
    void discardOutput() {
        outputEnded = true;
        encrypted.clear().flip();
    }

    /** The connection is closed, and this used no more. */
    void giveBack(BufferPool pool) {
        pool.giveBack(received);
        pool.giveBack(encrypted);
    }
}
