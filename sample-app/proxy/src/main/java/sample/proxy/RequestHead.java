package sample.proxy;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;

/**
 * A request's head as it goes to the origin: kept whole for the time of the request, so that it can be sent a second time.
 *
 * @param version   the client's
 * @param fields    without those of the hop (RFC 9110 section 7.6.1)
 * @param length    of the body in bytes; 0 for none, -1 if it is chunked
 * @param keepAlive whether the client wants to go on after this request
 * @param upgrade   the protocols that the client would rather go on with; null for none
 */
record RequestHead(String method, HttpURI uri, HttpVersion version, HttpFields fields, long length, boolean keepAlive, String upgrade) {
    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean hasBody() {
        return length != 0;
    }

    /** RFC 9110 section 9.2.2: the same request twice has the effect of one. */
    boolean isIdempotent() {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }
}
