package sample.proxy;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Gathers the fields after a body that may go on: none that frame a message, route it, or are for one hop (RFC 9110 section 6.5.1). */
final class TrailerFields {
    private final HttpFields.Mutable fields = HttpFields.build();
    private int size;

    /** Of a whole block; null if nothing of it may go on. */
    static HttpFields forwarded(HttpFields received) {
        TrailerFields trailers = new TrailerFields();
        received.forEach(trailers::add);
        return trailers.fields();
    }

    void add(HttpField field) {
        if (isForwarded(field)) {
            size += field.getName().length() + (field.getValue() == null ? 0 : field.getValue().length()) + 4;
            fields.add(field);
        }
    }

    private static boolean isForwarded(HttpField field) {
        if (field.getHeader() == null) {
            return true;
        }
        return switch (field.getHeader()) {
            case CONTENT_LENGTH, TRANSFER_ENCODING, TRAILER, TE, HOST, CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, UPGRADE, HTTP2_SETTINGS -> false;
            default -> true;
        };
    }

    /** Null if there are none, or more than a writer has room for: a message is whole without them. */
    HttpFields fields() {
        return fields.size() == 0 || size > Settings.MAX_HEAD ? null : fields.asImmutable();
    }
}
