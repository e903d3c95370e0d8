package sample.proxy;

import java.nio.ByteBuffer;
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
    private final HttpParser parser = new HttpParser(this, Settings.MAX_HEAD, HttpCompliance.RFC9110);
    private final String authority;
    private HeadFields fields = new HeadFields();
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
        parser.parseNext(in);
        return event;
    }

    /** After {@link ParseEvent#HEAD}. */
    RequestHead head() {
        return head;
    }

    /** After {@link ParseEvent#CONTENT}: a view of the input, good until the next read. */
    ByteBuffer content() {
        return content;
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
    public boolean headerComplete() {
        if (method.equals("CONNECT")) {
            fault(501, "This proxy opens no tunnels: CONNECT is not supported.");
        } else if (fields.fault() != null) {
            fault(400, fields.fault());
        } else if (fields.hasUnknownCoding()) {
            fault(501, "The only transfer coding supported is chunked.");
        } else if (fields.isChunked() && version != HttpVersion.HTTP_1_1) {
            fault(400, "Transfer-Encoding needs HTTP/1.1.");
        } else {
            head = forwardedHead();
            event = ParseEvent.HEAD;
        }
        return true;
    }

    private void fault(int status, String sentence) {
        faultStatus = status;
        fault = sentence;
        event = ParseEvent.FAULT;
    }

    private RequestHead forwardedHead() {
        HttpFields.Mutable forwarded = fields.forwarded();
        if (!forwarded.contains(HttpHeader.HOST)) {
            forwarded.add(HttpHeader.HOST, authority);
        }
        if (version != HttpVersion.HTTP_1_1) {
            forwarded.remove(HttpHeader.EXPECT); // such a client does not know the 100 that it would get
        }
        forwarded.add(HttpHeader.VIA, "1.1 sample-proxy");
        long length = fields.isChunked() ? -1 : Math.max(0, fields.length());
        return new RequestHead(method, HttpURI.from(uri), version, forwarded.asImmutable(), length, fields.isPersistent(version));
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
