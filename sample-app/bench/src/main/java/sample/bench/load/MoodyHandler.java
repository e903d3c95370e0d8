package sample.bench.load;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An origin that is not always at its best: one answer in sixteen comes late, and with another one it closes the connection. The path says which. */
final class MoodyHandler extends Handler.Wrapper {

    static final char LATE = '7';
    static final char CLOSING = 'b';

    private static final int LATE_MILLIS = 5;

    MoodyHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        char mood = path.charAt(path.length() - 1);
        if (mood == LATE) {
            TimeUnit.MILLISECONDS.sleep(LATE_MILLIS);
        } else if (mood == CLOSING) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        return super.handle(request, response, callback);
    }
}
