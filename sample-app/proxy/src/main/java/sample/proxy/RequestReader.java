package sample.proxy;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;

/** Parses a client's requests, one event a {@link #parse}. */
final class RequestReader implements HttpParser.RequestHandler {
    /** A line that ends without CR some take for two lines and some for one: requests can be hidden in that. */
    private static final HttpCompliance STRICT = HttpCompliance.RFC9110.without("strict", HttpCompliance.Violation.LF_HEADER_TERMINATION,
            HttpCompliance.Violation.LF_CHUNK_TERMINATION);

    private final HttpParser parser = new HttpParser(this, Settings.MAX_HEAD, STRICT);
    private final String authority;
    private HeadFields fields = new HeadFields();
    private TrailerFields trailers;
    /** What comes is no HTTP any more. */
    private boolean tunnel;
    private String method;
    private String uri;
    private HttpVersion version;
    private ParseEvent event;
    private RequestHead head;
    private ByteBuffer content;
    private int faultStatus;
    private String fault;

    /** @param authority the Host for clients that send none (HTTP/1.0) */
    RequestReader(String authority) {
        this.authority = authority;
    }

    /** Parses up to the next event. */
    ParseEvent parse(ByteBuffer in) {
        event = ParseEvent.STARVED;
        if (tunnel) {
            if (in.hasRemaining()) {
                content(in.slice());
                in.position(in.limit());
            }
        } else {
            parser.parseNext(in);
        }
        return event;
    }

    /** From here on there are no messages, only content up to the end of the input. */
    void beginTunnel() {
        tunnel = true;
    }

    boolean isTunnel() {
        return tunnel;
    }

    /** After {@link ParseEvent#HEAD}. */
    RequestHead head() {
        return head;
    }

    /** After {@link ParseEvent#CONTENT}: a view of the input, good until the next read. */
    ByteBuffer content() {
        return content;
    }

    /** After {@link ParseEvent#END}: the trailer fields that may go on; null if there are none. */
    HttpFields trailers() {
        return trailers == null ? null : trailers.fields();
    }

    /** After {@link ParseEvent#FAULT}: the status to answer with. */
    int faultStatus() {
        return faultStatus;
    }

    /** After {@link ParseEvent#FAULT}: what is wrong, as a sentence. */
    String fault() {
        return fault;
    }

    /** Between two requests, with nothing of the next one seen. */
    boolean isAtStart() {
        return parser.isStart();
    }

    void reset() {
        parser.reset();
        fields = new HeadFields();
        trailers = null;
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
        this.method = method;
        this.uri = uri;
        this.version = version;
    }

    @Override
    public void parsedHeader(HttpField field) {
        fields.add(field);
    }

    @Override
    public void parsedTrailer(HttpField field) {
        if (trailers == null) {
            trailers = new TrailerFields();
        }
        trailers.add(field);
    }

    @Override
    public boolean headerComplete() {
        RequestTarget target = RequestTarget.of(method, uri);
        if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
            fault(505, "The only versions that begin with a request line are HTTP/1.1 and HTTP/1.0.");
        } else if (method.equals("CONNECT")) {
            fault(501, "This proxy opens no tunnels: CONNECT is not supported.");
        } else if (target == null) {
            fault(400, "The request's target is not in a form that is known.");
        } else if (fields.isTooMany()) {
            fault(431, "The request has too many header fields.");
        } else if (fields.fault() != null) {
            fault(400, fields.fault());
        } else if (fields.hasUnknownCoding()) {
            fault(501, "The only transfer coding supported is chunked.");
        } else if (fields.isChunked() && version != HttpVersion.HTTP_1_1) {
            fault(400, "Transfer-Encoding needs HTTP/1.1.");
        } else {
            head = forwardedHead(target);
            event = ParseEvent.HEAD;
        }
        return true;
    }

    private void fault(int status, String sentence) {
        faultStatus = status;
        fault = sentence;
        event = ParseEvent.FAULT;
    }

    private RequestHead forwardedHead(RequestTarget target) {
        HttpFields.Mutable forwarded = fields.forwarded();
        if (target.authority() != null) {
            forwarded.put(new HostPortHttpField(target.authority())); // RFC 9112 section 3.2.2
        } else if (!forwarded.contains(HttpHeader.HOST)) {
            forwarded.add(HttpHeader.HOST, authority);
        }
        if (version != HttpVersion.HTTP_1_1) {
            forwarded.remove(HttpHeader.EXPECT); // such a client does not know the 100 that it would get
        }
        if (fields.takesTrailers(version)) {
            forwarded.add(HttpHeader.TE, "trailers");
        }
        forwarded.add(HttpHeader.VIA, "1.1 sample-proxy");
        long length = fields.isChunked() ? -1 : Math.max(0, fields.length());
        HttpURI pathQuery = HttpURI.build().pathQuery(target.pathQuery()).asImmutable(); // which may begin with two slashes and is still a path
        boolean upgrades = version == HttpVersion.HTTP_1_1 && length == 0; // the bytes after the request must be the other protocol's
        return new RequestHead(method, pathQuery, version, forwarded.asImmutable(), length, fields.isPersistent(version),
                upgrades ? fields.upgrade() : null);
    }

    @Override
    public boolean content(ByteBuffer slice) {
        content = slice;
        event = ParseEvent.CONTENT;
        return true;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        event = ParseEvent.END;
        return true;
    }

    @Override
    public void badMessage(HttpException failure) {
        String reason = failure.getReason();
        fault(failure.getCode(), "The request cannot be understood" + (reason == null ? "." : ": " + reason + "."));
    }

    @Override
    public void earlyEOF() {
        fault(400, "The request's body cannot be understood.");
    }
}
