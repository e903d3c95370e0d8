package sample.proxy;

import org.eclipse.jetty.http.HttpFields;

/**
 * A response's head as it came from the origin.
 *
 * @param reason    null if there was none
 * @param fields    without those of the hop (RFC 9110 section 7.6.1)
 * @param length    the Content-Length in bytes, -1 if there was none
 * @param keepAlive whether the origin's connection may be used again after this response
 */
record ResponseHead(int status, String reason, HttpFields fields, long length, boolean keepAlive) {
    boolean isInterim() {
        return status < 200 && !isSwitch();
    }

    /** The origin goes on with another protocol, as the client has asked it to. */
    boolean isSwitch() {
        return status == 101;
    }

    /** RFC 9110 sections 15.3.5 and 15.4.5. */
    boolean isBodiless() {
        return status == 204 || status == 304;
    }
}
