package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;

/** The origin's side of one exchange: a whole connection with HTTP/1, one of its streams with HTTP/2. */
interface BackStream {
    /** Whether the connection it is on is up. */
    boolean isConnected();

    /** Has this side expire if it is not armed again within the given time. */
    void arm(long millis);

    /** @return false, with nothing written, if the head is too large */
    boolean head(RequestHead head) throws IOException;

    /** Whether the next piece of the request's body can be taken. */
    boolean takesBody();

    void body(ByteBuffer content) throws IOException;

    /** @param trailers fields after the content, for who can take them; null if there are none */
    void bodyEnd(HttpFields trailers) throws IOException;

    /** Sends what the socket takes. May end the exchange. */
    void flush() throws IOException;

    /** Relays what there is of the answer. When it returns, the connection may be closed, idle or another loop's. */
    void pump();

    /** Whether the client is too slow to take more of the answer. */
    boolean isPaused();

    /** Whether some of the request still waits to be sent. */
    boolean hasUnsent();

    /** Whether the connection has served another exchange before. */
    boolean isReused();

    /** Whether anything of an answer has come. */
    boolean hasAnswered();

    /** Whether nothing is left over from the exchange that would be in the way of the next. */
    boolean isClean();

    /**
     * The exchange is over, well or not. If that makes the connection idle it is published, and when this returns another loop may
     * have it: nothing of it may be touched.
     */
    void detach(boolean reusable);

    /** The exchange is over and has left this side in a state nobody knows. */
    void drop();
}
