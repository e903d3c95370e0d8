package sample.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** Compares an answer with the one that the token stands for, byte by byte, while it arrives. */
final class Answer implements HttpParser.ResponseHandler {

    private static final int OK = 200;
    private static final int QUOTED = 200;

    private final Exchange exchange;
    private final HttpFields.Mutable fields = HttpFields.build();
    private final StringBuilder quoted = new StringBuilder();
    private int status;
    private int received;
    private String bodyMismatch;
    private String broken;
    private boolean complete;

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Whether the answer has arrived in full. */
    boolean complete() {
        return complete;
    }

    /** Why there will be no complete answer (cut off, or not HTTP), or null. */
    String broken() {
        return broken;
    }

    /** Whether the other side closes the connection after this answer. */
    boolean closes() {
        return fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }

    /** Why a complete answer is none of the origin's good answers, or null. */
    String error() {
        return status == OK || status == Exchange.REQUEST_DAMAGED ? null : complaint("status 200", status + " " + quoted);
    }

    /** Why a good answer is not the one for this request, or null. */
    String mismatch() {
        if (status == Exchange.REQUEST_DAMAGED) {
            return complaint("an intact request at the origin", quoted.toString());
        }
        Body body = exchange.answer();
        String mismatch = mismatch(Exchange.TOKEN, exchange.token());
        mismatch = mismatch != null ? mismatch : mismatch(Exchange.LENGTH, Integer.toString(body.length()));
        mismatch = mismatch != null ? mismatch : mismatch(Exchange.CHECKSUM, body.checksum());
        mismatch = mismatch != null ? mismatch : bodyMismatch;
        boolean whole = mismatch != null || received == body.length();
        return whole ? mismatch : complaint("a body of " + body.length() + " bytes", received + " bytes");
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
        this.status = status;
    }

    @Override
    public void parsedHeader(HttpField field) {
        fields.add(field);
    }

    @Override
    public boolean headerComplete() {
        return false;
    }

    @Override
    public boolean content(ByteBuffer content) {
        if (status != OK) {
            quoted.append(StandardCharsets.UTF_8.decode(content));
            quoted.setLength(Math.min(quoted.length(), QUOTED));
            return false;
        }
        Body body = exchange.answer();
        int end = received + content.remaining();
        if (end > body.length()) {
            bodyMismatch = complaint("a body of " + body.length() + " bytes", "at least " + end + " bytes");
        } else if (bodyMismatch == null) {
            int at = content.mismatch(body.bytes(received, content.remaining()));
            bodyMismatch = at < 0 ? null : complaint("the token's bytes", "another byte at position " + (received + at));
        }
        received = end;
        content.position(content.limit());
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        complete = true;
        return true;
    }

    @Override
    public void earlyEOF() {
        broken = complaint("a complete answer", "end of connection after " + received + " bytes of body");
    }

    @Override
    public void badMessage(HttpException failure) {
        broken = complaint("HTTP/1.1", failure.getReason());
    }

    private String mismatch(String header, String expected) {
        String found = fields.get(header);
        return expected.equals(found) ? null : complaint(header + " " + expected, found);
    }

    private String complaint(String expected, String found) {
        return exchange.method() + " " + exchange.target() + ": expected " + expected + ", found " + found;
    }
}
