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
    private final HttpParser parser = new HttpParser(this, Settings.MAX_HEAD, HttpCompliance.RFC9110);
    private HeadFields fields = new HeadFields();
    private boolean toHead;
    private HttpVersion version;
    private int status;
    private String reason;
    private ParseEvent event;
    private ResponseHead head;
    private ByteBuffer content;
    private String fault;

    /** Gets ready for the response to a request; {@code toHead} if that is a HEAD, the answer to which has no body. */
    void expect(boolean toHead) {
        this.toHead = toHead;
        parser.reset();
        parser.setHeadResponse(toHead);
        fields = new HeadFields();
    }

    /** Parses up to the next event. Interim responses have a head, but no end. */
    ParseEvent parse(ByteBuffer in) {
        do {
            event = ParseEvent.STARVED;
            parser.parseNext(in);
        } while (event == ParseEvent.END && skipInterimEnd());
        return event;
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
        parser.atEOF();
    }

    /** After {@link ParseEvent#HEAD}. */
    ResponseHead head() {
        return head;
    }

    /** After {@link ParseEvent#CONTENT}: a view of the input, good until the next read. */
    ByteBuffer content() {
        return content;
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
    public boolean headerComplete() {
        if (fields.fault() != null) {
            fault("The server's response has a bad head: " + fields.fault());
        } else if (fields.hasUnknownCoding()) {
            fault("The server's response has a transfer coding other than chunked.");
        } else if (status == 101) {
            fault("The server switched protocols without having been asked to.");
        } else {
            head = forwardedHead();
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
        boolean framed = fields.isChunked() || fields.length() >= 0 || toHead || status == 204 || status == 304;
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
