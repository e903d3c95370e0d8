package sample.proxy;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** Parses the origin's responses, one event a {@link #parse}. */
final class ResponseReader implements HttpParser.ResponseHandler {
    /** Before one answer. */
    static final int MAX_INTERIMS = 32;

    private final HttpParser parser = new HttpParser(this, Settings.MAX_HEAD, HttpCompliance.RFC9110);
    private HeadFields fields = new HeadFields();
    private TrailerFields trailers;
    private RequestHead request;
    private int interims;
    /** What comes is no HTTP any more. */
    private boolean tunnel;
    private boolean tunnelEnded;
    private HttpVersion version;
    private int status;
    private String reason;
    private ParseEvent event;
    private ResponseHead head;
    private ByteBuffer content;
    private String fault;

    /** Gets ready for the response to a request. */
    void expect(RequestHead request) {
        this.request = request;
        parser.reset();
        parser.setHeadResponse(request.isHead());
        fields = new HeadFields();
        trailers = null;
        interims = 0;
    }

    /** Parses up to the next event. Interim responses have a head, but no end. */
    ParseEvent parse(ByteBuffer in) {
        if (tunnel) {
            return passOn(in);
        }
        do {
            event = ParseEvent.STARVED;
            parser.parseNext(in);
        } while (event == ParseEvent.END && skipInterimEnd());
        return event;
    }

    /** Whether the origin has gone over to another protocol. */
    boolean isTunnel() {
        return tunnel;
    }

    private ParseEvent passOn(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return tunnelEnded ? ParseEvent.END : ParseEvent.STARVED;
        }
        content = in.slice();
        in.position(in.limit());
        return ParseEvent.CONTENT;
    }

    private boolean skipInterimEnd() {
        if (status < 200) {
            parser.reset();
            fields = new HeadFields();
            return true;
        }
        return false;
    }

    /** The origin has closed: for a response without a length that is its end, for any other a fault. */
    void atEnd() {
        if (tunnel) {
            tunnelEnded = true;
        } else {
            parser.atEOF();
        }
    }

    /** After {@link ParseEvent#HEAD}. */
    ResponseHead head() {
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

    /** After {@link ParseEvent#FAULT}: what is wrong, as a sentence. */
    String fault() {
        return fault;
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
        this.version = version;
        this.status = status;
        this.reason = reason;
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
        if (fields.isTooMany()) {
            fault("The server's response has too many header fields.");
        } else if (status < 200 && ++interims > MAX_INTERIMS) {
            fault("The server sent no answer but interim ones.");
        } else if (fields.isChunked() && version != HttpVersion.HTTP_1_1) {
            fault("The server's response has a Transfer-Encoding, which needs HTTP/1.1.");
        } else if (fields.fault() != null) {
            fault("The server's response has a bad head: " + fields.fault());
        } else if (fields.hasUnknownCoding()) {
            fault("The server's response has a transfer coding other than chunked.");
        } else if (status == 101 && request.upgrade() == null) {
            fault("The server switched protocols without having been asked to.");
        } else {
            head = forwardedHead();
            tunnel = head.isSwitch();
            event = ParseEvent.HEAD;
        }
        return true;
    }

    private void fault(String sentence) {
        fault = sentence;
        event = ParseEvent.FAULT;
    }

    private ResponseHead forwardedHead() {
        HttpFields.Mutable forwarded = fields.forwarded();
        if (status == 304 && fields.length() >= 0) {
            forwarded.add(HttpHeader.CONTENT_LENGTH, Long.toString(fields.length())); // of the body that is not sent
        }
        if (status == 101) {
            forwarded.add(HttpHeader.CONNECTION, "upgrade");
            if (fields.upgrade() != null) {
                forwarded.add(HttpHeader.UPGRADE, fields.upgrade());
            }
            return new ResponseHead(status, reason, forwarded, -1, false);
        }
        boolean framed = fields.isChunked() || fields.length() >= 0 || request.isHead() || status == 204 || status == 304;
        return new ResponseHead(status, reason, forwarded, fields.length(), framed && fields.isPersistent(version));
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
        fault("The server's response cannot be understood" + (failure.getReason() == null ? "." : ": " + failure.getReason() + "."));
    }

    @Override
    public void earlyEOF() {
        fault("The server's response is cut short or its body cannot be understood.");
    }
}
