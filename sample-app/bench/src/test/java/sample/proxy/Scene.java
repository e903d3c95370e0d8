package sample.proxy;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;

/**
 * Two loops and one server connection of the first: the owner's. The loops' threads are not started; the actors of a stress test
 * stand for them and call, of the proxy's own woven classes, what the loops would call. {@link QuietProvider} keeps sockets out.
 */
final class Scene {
    /** For the other actor, in spins. It may be off its core, so there is an end to it. */
    private static final int LONGEST_WAIT = 1_000;
    private static final int LONGEST_PAUSE = 64;
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final Settings[] SETTINGS = Stream.of(LockKind.values()).map(lock -> settings(lock, TlsSettings.NONE)).toArray(Settings[]::new);
    private static final Wake[] WAKES = Stream.of(LockKind.values()).map(Wake::of).toArray(Wake[]::new);
    private static final Server SERVER = new Server(SETTINGS[0]);
    /** Read by whoever plays the owner, changed by nobody. */
    private static final Exchange EXCHANGE = exchange();
    /** Another, whose client is gone, so that it does not go on when the handshake is over. */
    private static final Exchange LEFT = exchange();

    static {
        LEFT.front.connection().close();
    }

    /** One of the three, by chance. */
    private final int lock = ThreadLocalRandom.current().nextInt(SETTINGS.length);
    private final AtomicInteger arrived = new AtomicInteger();
    private final EventLoop[] loops = new EventLoop[2];
    private final BackConnection connection;
    private final Tasklet tasklet;
    /** Null without TLS. */
    private final QuietTls tls;
    private final TlsTasklet tlsTasklet;

    /** @param tls what the connection speaks TLS with; null for none */
    private Scene(int answer, QuietTls tls) {
        this.tls = tls;
        Settings settings = tls == null ? SETTINGS[lock] : settings(SETTINGS[lock].lock(), new TlsSettings(null, new QuietContext(tls)));
        EventLoop owner = loop(settings, loops, 0);
        loop(settings, loops, 1);
        owner.records.giveBack(ByteBuffer.allocate(QuietChannel.RECORD));
        owner.records.giveBack(ByteBuffer.allocate(QuietChannel.RECORD));
        owner.inputs.giveBack(ByteBuffer.allocate(8)); // a direct buffer per scene would be most of its cost
        owner.outputs.giveBack(ByteBuffer.allocate(8));
        connection = connect(owner);
        ((QuietChannel) connection.channel).answer = answer;
        tasklet = connection.tasklet;
        tlsTasklet = tls == null ? null : connection.tls.tasklet;
        connection.attach(tls == null ? EXCHANGE : LEFT);
        if (tls != null) {
            connection.ioCallback(false); // the handshake
            connection.ioCallback(false); // the mux learns of its end
            tasklet.queued = false;
        }
    }

    /** The connection is in the owner's list, and its origin has closed it: who processes it closes it, for good. */
    static Scene listedAndEnded() {
        Scene scene = usedAndEnded();
        scene.detach();
        return scene;
    }

    /** The connection is in the owner's list and as good as new. */
    static Scene listed() {
        Scene scene = new Scene(0, null);
        scene.detach();
        return scene;
    }

    /** The connection is in use; its origin closes it right after the exchange. */
    static Scene usedAndEnded() {
        return new Scene(-1, null);
    }

    /** The connection speaks TLS, is in the owner's list, and its origin has closed it. */
    static Scene securedListedAndEnded() {
        QuietTls tls = new QuietTls();
        tls.ended = true;
        Scene scene = new Scene(0, tls);
        scene.detach();
        return scene;
    }

    /**
     * Both, first of all: waits a little for the other, so that the two do meet, then for a moment of its own, so that they do so
     * in every way.
     */
    void meet() {
        arrived.incrementAndGet();
        for (int spins = 0; spins < LONGEST_WAIT && arrived.get() < 2; spins++) {
            Thread.onSpinWait();
        }
        pause();
    }

    /** Up to a microsecond or two. */
    static void pause() {
        for (int spins = ThreadLocalRandom.current().nextInt(LONGEST_PAUSE); spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }

    /** Owner: takes the connection out of the list. False if it is not there any more. */
    boolean get() {
        return loops[0].idle.get(false, false) != null;
    }

    /** Owner: gives the connection to an exchange. Woven: CLEAR. */
    void attach() {
        connection.attach(EXCHANGE);
    }

    /** Owner: ends the exchange and inserts the connection into the list. Woven: SET. */
    void detach() {
        ((BackStream) connection.mux).detach(true);
    }

    /** Owner: runs the connection's first tasklet. Woven: bypasses the lock if the flag is clear. */
    void wake() {
        WAKES[lock].wake(tasklet);
    }

    /** Owner: runs the first tasklet of the TLS layer and then, if that has woken it, the mux's. Woven like {@link #wake}. */
    void wakeTls() {
        WAKES[lock].wakeTls(tlsTasklet);
        if (tasklet.queued) {
            tasklet.queued = false;
            wake();
        }
    }

    /** Owner: the timer strikes, and what it still finds is closed. False if the connection was taken over. */
    boolean expire() {
        Connection mine = loops[0].idle.expire(tasklet.timer, Long.MAX_VALUE);
        if (mine != null) {
            mine.expired();
        }
        return mine != null;
    }

    /** Owner: stops and closes what its list still has. False if that is nothing. */
    boolean purge() {
        BackConnection mine = loops[0].idle.drain();
        if (mine != null) {
            mine.close();
        }
        return mine != null;
    }

    /** Thief: tries the lock of the owner's list and takes over what is there. True if it has the connection. */
    boolean steal() {
        return loops[1].thief.steal(false) == connection;
    }

    /** Thief: tries until it has the connection, or for a while: longer than the owner takes to end an exchange. */
    boolean stealSoon() {
        for (int tries = 0; tries < 128; tries++) {
            if (steal()) {
                return true;
            }
        }
        return false;
    }

    /** Makes what the agent must never let happen: the flag is clear while the connection is listed. */
    void loseFlag() {
        ((Carrier) (Object) tasklet).usr1$flag(Flag.CLEAR);
    }

    /** Whether the owner has processed the connection. After the race. */
    boolean isProcessed() {
        return reads() > 0;
    }

    /** After the race: {@code ok}, or the invariant that does not hold; and the lock. */
    String check(boolean stolen) {
        return broken(stolen) + ", " + SETTINGS[lock].lock();
    }

    private String broken(boolean stolen) {
        Tasklet handle = connection.tasklet;
        if (connection.isListed() && flag(handle) != Flag.SET) {
            return "listed with a clear flag";
        }
        if (stolen) {
            if (handle == tasklet || handle.context != connection || tasklet.context != null) {
                return "not moved to a new tasklet";
            }
            if (flag(tasklet) != Flag.SET) {
                return "stolen tasklet not SET";
            }
            int before = reads();
            wake();
            if (reads() != before) {
                return "late wake not stale";
            }
        }
        return tls == null ? "ok" : brokenTls(stolen);
    }

    /** The same for the layer below. */
    private String brokenTls(boolean stolen) {
        TlsTasklet handle = connection.tls.tasklet;
        if (connection.isListed() && flag(handle) != Flag.SET) {
            return "listed with TLS's flag clear";
        }
        if (stolen) {
            if (handle == tlsTasklet || handle.upper != connection.tasklet || handle.context != connection.tls || tlsTasklet.context != null) {
                return "TLS not moved to a new tasklet";
            }
            if (flag(tlsTasklet) != Flag.SET) {
                return "stolen tasklet of TLS not SET";
            }
            wakeTls();
            if (connection.tasklet.queued || reads() != 0) {
                return "late wake of TLS not stale";
            }
        }
        return "ok";
    }

    private int reads() {
        return tls == null ? ((QuietChannel) connection.channel).ownersReads : tls.ownersReads;
    }

    /** Fails where the agent has not woven the tasklet. */
    private static int flag(Handle handle) {
        return ((Carrier) (Object) handle).usr1$flag();
    }

    private static Settings settings(LockKind lock, TlsSettings tls) {
        return new Settings(NOWHERE, NOWHERE, NOWHERE, Protocol.H1, tls, 2, lock, Reuse.ALWAYS, PoolSettings.DEFAULT, 0, false, false, 5_000, 5_000, 5_000);
    }

    private static Exchange exchange() {
        EventLoop loop = loop(SETTINGS[0], new EventLoop[1], 0);
        try {
            FrontConnection.accept(loop, SocketChannel.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RequestHead head = new RequestHead("GET", HttpURI.from("/"), HttpVersion.HTTP_1_1, HttpFields.EMPTY, 0, true, null);
        return new Exchange(new H1Front(loop.fronts.iterator().next()), head);
    }

    private static EventLoop loop(Settings settings, EventLoop[] loops, int index) {
        try {
            return loops[index] = new EventLoop(index, settings, SERVER, loops, IdleConns::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BackConnection connect(EventLoop loop) {
        try {
            return BackConnection.connect(loop, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
