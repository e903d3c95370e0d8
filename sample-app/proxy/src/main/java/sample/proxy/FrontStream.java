package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;

/**
 * The client's side of one exchange: a whole connection with HTTP/1, one of its streams with HTTP/2. An {@link IOException} means that
 * nothing more can be said to this client.
 */
interface FrontStream {
    /** A step of an exchange that may break the client's side. */
    interface Step {
        void run() throws IOException;
    }

    /** The connection it is on: the session that private connections to the origin belong to. */
    FrontConnection connection();

    /** Has this side expire if it is not armed again within the given time. */
    void arm(long millis);

    /** Runs a step that comes from elsewhere, then goes on as far as it leads. */
    void proceed(Step step);

    /** Passes on whatever can be of the request. */
    void pump();

    /** Whether the next piece of the answer can be taken; sends some of what is there if it must for that. */
    boolean hasRoom();

    void interim(ResponseHead head) throws IOException;

    /** @return false, with nothing written, if the head is too large */
    boolean head(RequestHead request, ResponseHead head, boolean keepAlive) throws IOException;

    void content(ByteBuffer content) throws IOException;

    /**
     * Ends the answer.
     *
     * @param trailers fields after the content, for who can take them; null if there are none
     * @return whether the client may go on with the same connection
     */
    boolean end(HttpFields trailers) throws IOException;

    /** The origin has ended its half of a tunnel: no more will be sent, but the client may go on. */
    void halfEnd();

    /** Sends what the socket takes. May end everything on the connection. */
    void flush();

    /** Asks for the readiness that the present state needs. */
    void settle();

    /** The exchange is over and its answer is on its way. {@code asked}: the client itself wants to close. */
    void answerDone(boolean goOn, boolean asked);

    /** The exchange is over, or never was; this answer of the proxy's own is given instead. */
    void answerError(RequestHead request, int status, String sentence, boolean goOn) throws IOException;

    /** Gives up this side and its exchange, so that the client sees that this is not all. Never throws. */
    void fail();
}
