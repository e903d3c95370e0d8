package sample.proxy;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;

/** Heads as HTTP/2 has them, to and from what an exchange passes on (RFC 9113 section 8). */
final class H2Heads {
    /** RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private H2Heads() {
    }

    /** Why a received head cannot be passed on, as a sentence. */
    static final class Malformed extends Exception {
        Malformed(String sentence) {
            super(sentence);
        }
    }

    /**
     * A request as it goes on.
     *
     * @param end       whether it has no body
     * @param authority the Host for requests that have none
     */
    static RequestHead request(MetaData.Request request, boolean end, String authority) throws Malformed {
        HeadFields fields = sorted(request.getHttpFields());
        String path = target(request);
        long length = length(fields, end);
        HttpFields.Mutable forwarded = fields.forwarded();
        forwarded.put(HttpHeader.HOST, host(request, authority));
        joinCookies(forwarded);
        if (fields.takesTrailers(HttpVersion.HTTP_2)) {
            forwarded.add(HttpHeader.TE, "trailers");
        }
        forwarded.add(HttpHeader.VIA, "2.0 sample-proxy");
        HttpURI uri = HttpURI.build().pathQuery(path).asImmutable();
        return new RequestHead(request.getMethod(), uri, HttpVersion.HTTP_2, forwarded.asImmutable(), length, true, null);
    }

    /** As strict as with HTTP/1: in a request line a blank would make two parts of one, and what follows a request of its own. */
    private static String target(MetaData.Request request) throws Malformed {
        String path = request.getHttpURI().getPathQuery();
        if (!TOKEN.matcher(request.getMethod()).matches()) {
            throw new Malformed("The method is not a token.");
        }
        boolean origin = path != null && (path.startsWith("/") || path.equals("*")) && request.getHttpURI().getFragment() == null;
        if (!origin || RequestTarget.of(request.getMethod(), path) == null) {
            throw new Malformed("The path is in no form that is known.");
        }
        return path;
    }

    /** One, and a good one: an origin behind HTTP/1 might take the other (RFC 9113 section 8.3.1). */
    private static String host(MetaData.Request request, String ifNone) throws Malformed {
        String authority = request.getHttpURI().getAuthority();
        List<String> hosts = request.getHttpFields().getValuesList(HttpHeader.HOST);
        String host = authority != null ? authority : hosts.isEmpty() ? ifNone : hosts.get(0);
        if (host.isEmpty() || hosts.size() > 1 || !hosts.stream().allMatch(host::equalsIgnoreCase)) {
            throw new Malformed("There is not one authority, and the same in Host.");
        }
        try {
            return new HostPortHttpField(host).getValue();
        } catch (HttpException.RuntimeException e) {
            throw new Malformed("The authority '" + host + "' is none.");
        }
    }

    /** A response as it goes on. {@code end}: it has no body. */
    static ResponseHead response(MetaData.Response response, boolean end, boolean toHead) throws Malformed {
        HeadFields fields = sorted(response.getHttpFields());
        int status = response.getStatus();
        if (status < 100 || status > 599 || status == 101) {
            throw new Malformed("The status " + status + " is none.");
        }
        boolean bodiless = toHead || status < 200 || status == 204 || status == 304;
        long length = bodiless ? fields.length() : length(fields, end);
        HttpFields.Mutable forwarded = fields.forwarded();
        if (status == 304 && length >= 0) {
            forwarded.add(HttpHeader.CONTENT_LENGTH, Long.toString(length));
        }
        long announced = end && !bodiless ? 0 : length;
        return new ResponseHead(status, null, forwarded, announced, true);
    }

    private static HeadFields sorted(HttpFields received) throws Malformed {
        HeadFields fields = new HeadFields();
        for (HttpField field : received) {
            if (isOfTheConnection(field)) {
                throw new Malformed("The field '" + field.getName() + "' is not for HTTP/2."); // section 8.2.2
            }
            fields.add(field);
        }
        if (fields.fault() != null) {
            throw new Malformed(fields.fault());
        }
        return fields;
    }

    private static boolean isOfTheConnection(HttpField field) {
        if (field.getHeader() == null) {
            return false;
        }
        return switch (field.getHeader()) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE -> true;
            default -> false;
        };
    }

    /** Of the body in bytes; 0 for none, -1 if it is not known. */
    private static long length(HeadFields fields, boolean end) throws Malformed {
        if (end && fields.length() > 0) {
            throw new Malformed("There is a Content-Length, and no body.");
        }
        return end ? 0 : fields.length();
    }

    /** HTTP/2 may split them; HTTP/1 must not see more than one (section 8.2.3). */
    private static void joinCookies(HttpFields.Mutable fields) {
        if (fields.getFields(HttpHeader.COOKIE).size() > 1) {
            StringJoiner joined = new StringJoiner("; ");
            fields.getFields(HttpHeader.COOKIE).forEach(cookie -> joined.add(cookie.getValue()));
            fields.put(HttpHeader.COOKIE, joined.toString());
        }
    }

    /** A request for the origin. */
    static MetaData.Request request(RequestHead head) {
        HttpFields.Mutable fields = HttpFields.build(head.fields());
        HostPortHttpField authority = new HostPortHttpField(fields.get(HttpHeader.HOST));
        fields.remove(HttpHeader.HOST);
        String path = head.uri().getPathQuery();
        return new MetaData.Request(head.method(), "http", authority, path == null || path.isEmpty() ? "/" : path, HttpVersion.HTTP_2, fields,
                head.length() > 0 ? head.length() : -1);
    }

    /** The fields after a body. */
    static MetaData trailers(HttpFields fields) {
        return new MetaData(HttpVersion.HTTP_2, fields);
    }

    /** Those that were received and may go on; null if there are none. */
    static HttpFields trailers(MetaData received) throws Malformed {
        for (HttpField field : received.getHttpFields()) {
            if (isOfTheConnection(field)) {
                throw new Malformed("The trailer field '" + field.getName() + "' is not for HTTP/2.");
            }
        }
        return TrailerFields.forwarded(received.getHttpFields());
    }

    /** A response for the client. */
    static MetaData.Response response(ResponseHead head) {
        long length = head.isBodiless() || head.isInterim() ? -1 : head.length();
        return new MetaData.Response(head.status(), null, HttpVersion.HTTP_2, head.fields(), length);
    }
}
