package sample.proxy;

import java.util.Map;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.PushPromiseFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.http2.parser.ServerParser;

/**
 * What the parser reports of one connection. Recorded, answered where a bare acknowledgement is due, and otherwise left to the streams
 * once the parser has returned: acting on it in here would re-enter the parser, or close the buffer under it.
 */
final class H2Reports implements ServerParser.Listener {
    private final H2Mux mux;
    /** Received on the connection and not credited yet, in bytes. */
    private int uncredited;
    private ErrorCode failure;
    private String reason;

    H2Reports(H2Mux mux) {
        this.mux = mux;
    }

    /** Why the connection has to end; null if it has not. */
    ErrorCode failure() {
        return failure;
    }

    String reason() {
        return reason;
    }

    void fail(ErrorCode error, String reason) {
        if (failure == null) {
            failure = error;
            this.reason = reason;
        }
    }

    @Override
    public void onData(DataFrame frame) {
        if (failure != null) {
            return;
        }
        int length = frame.flowControlLength();
        uncredited += length;
        if (uncredited > H2Stream.WINDOW) {
            fail(ErrorCode.FLOW_CONTROL_ERROR, "the connection's window is exceeded");
            return;
        }
        if (uncredited >= H2Stream.WINDOW / 2) { // at once: what a stream holds back is bounded by its own window
            mux.writer.windowUpdate(0, uncredited);
            uncredited = 0;
        }
        H2Stream stream = find(frame.getStreamId(), "DATA");
        if (stream != null && !stream.resetReceived) {
            stream.dataReceived(frame.getByteBuffer(), length, frame.isEndStream());
            mux.report(stream);
        } else if (failure == null && !mux.streams.wasResetHere(frame.getStreamId())) {
            mux.writer.reset(frame.getStreamId(), ErrorCode.STREAM_CLOSED_ERROR.code);
            mux.suspect(frame);
        }
    }

    /** Null if there is none any more; a failure if there never was. */
    private H2Stream find(int id, String frame) {
        H2Stream stream = mux.streams.get(id);
        if (stream == null && !mux.hasBegun(id)) {
            fail(ErrorCode.PROTOCOL_ERROR, frame + " on a stream that has not begun");
        }
        return stream;
    }

    @Override
    public void onHeaders(HeadersFrame frame) {
        if (failure != null) {
            return;
        }
        H2Stream stream = mux.streams.get(frame.getStreamId());
        if (MetaData.Failed.getFailure(frame.getMetaData()) != null) {
            onStreamFailure(frame.getStreamId(), ErrorCode.PROTOCOL_ERROR.code, "malformed"); // its fields are not those that were sent
        } else if (stream == null) {
            mux.headersOfNoStream(frame);
        } else if (stream.resetReceived) {
            fail(ErrorCode.STREAM_CLOSED_ERROR, "HEADERS on a stream that its sender has reset");
        } else {
            if (stream.endReceived) {
                mux.streamError(stream, ErrorCode.STREAM_CLOSED_ERROR);
            } else {
                stream.headersReceived(frame);
            }
            mux.report(stream);
        }
    }

    @Override
    public void onReset(ResetFrame frame) {
        if (failure == null) {
            H2Stream stream = find(frame.getStreamId(), "RST_STREAM");
            if (stream != null) {
                stream.resetReceived = true;
                stream.resetCode = frame.getError();
                mux.report(stream);
            }
        }
    }

    @Override
    public void onSettings(SettingsFrame frame) {
        if (failure != null || frame.isReply()) {
            return;
        }
        Map<Integer, Integer> settings = frame.getSettings();
        Integer window = settings.get(SettingsFrame.INITIAL_WINDOW_SIZE);
        if (window != null && (window < 0 || !mux.initialSendWindow(window))) {
            fail(ErrorCode.FLOW_CONTROL_ERROR, "a window is too large");
            return;
        }
        mux.writer.configure(settings);
        mux.configure(settings);
        mux.writer.settingsAck();
    }

    @Override
    public void onPing(PingFrame frame) {
        if (failure == null && !frame.isReply()) {
            mux.writer.pingAck(frame.getPayload());
        }
    }

    @Override
    public void onGoAway(GoAwayFrame frame) {
        if (failure == null) {
            mux.goingAway(frame.getLastStreamId(), frame.getError());
        }
    }

    @Override
    public void onPushPromise(PushPromiseFrame frame) {
        fail(ErrorCode.PROTOCOL_ERROR, "PUSH_PROMISE without leave");
    }

    @Override
    public void onWindowUpdate(WindowUpdateFrame frame) {
        if (failure != null) {
            return;
        }
        if (frame.getStreamId() == 0) {
            if (!mux.enlargeSendWindow(frame.getWindowDelta())) {
                fail(ErrorCode.FLOW_CONTROL_ERROR, "the connection's window is too large");
            }
            return;
        }
        H2Stream stream = find(frame.getStreamId(), "WINDOW_UPDATE");
        if (stream != null && !stream.enlargeSendWindow(frame.getWindowDelta())) {
            mux.streamError(stream, ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    @Override
    public void onStreamFailure(int id, int error, String reason) {
        if (failure != null) {
            return;
        }
        H2Stream stream = mux.streams.get(id);
        if (stream != null) {
            mux.streamError(stream, ErrorCode.from(error));
        } else {
            mux.refuse(id, ErrorCode.from(error));
        }
    }

    @Override
    public void onConnectionFailure(int error, String reason) {
        ErrorCode code = ErrorCode.from(error);
        fail(code == null ? ErrorCode.PROTOCOL_ERROR : code, reason);
    }
}
