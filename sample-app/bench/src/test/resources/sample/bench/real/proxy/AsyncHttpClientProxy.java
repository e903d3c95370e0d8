package sample.bench.real.proxy;

import com.ning.http.client.AsyncHttpClient;
import com.ning.http.client.AsyncHttpClientConfig;
import com.ning.http.client.RequestBuilder;
import com.ning.http.client.Response;
import com.ning.http.client.providers.grizzly.GrizzlyAsyncHttpProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;

/** A proxy of AsyncHttpClient on Grizzly, behind Grizzly's HTTP server. Takes the origin's address. */
public final class AsyncHttpClientProxy extends HttpHandler {

    /** Kept, or its level would be forgotten. */
    private static final Logger GRIZZLY = Logger.getLogger("org.glassfish.grizzly");
    private static final Set<String> OF_ONE_CONNECTION = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OF_ONE_CONNECTION.addAll(List.of("Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Host"));
    }

    private final AsyncHttpClient client;
    private final String origin;

    private AsyncHttpClientProxy(AsyncHttpClient client, String origin) {
        this.client = client;
        this.origin = origin;
    }

    public static void main(String[] args) throws Exception {
        GRIZZLY.setLevel(Level.WARNING);
        AsyncHttpClientConfig config = new AsyncHttpClientConfig.Builder().build();
        AsyncHttpClient client = new AsyncHttpClient(new GrizzlyAsyncHttpProvider(config), config);
        HttpServer server = new HttpServer();
        NetworkListener listener = new NetworkListener("proxy", "127.0.0.1", 0);
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new AsyncHttpClientProxy(client, args[0]), "/");
        server.start();
        Serving.on(listener.getPort(), () -> {
            server.shutdownNow();
            client.close();
        });
    }

    @Override
    public void service(Request request, org.glassfish.grizzly.http.server.Response response) throws Exception {
        RequestBuilder builder = new RequestBuilder(request.getMethod().getMethodString())
                .setUrl("http://" + origin + request.getRequestURI() + "?" + request.getQueryString());
        for (String name : request.getHeaderNames()) {
            if (!OF_ONE_CONNECTION.contains(name)) {
                builder.setHeader(name, request.getHeader(name));
            }
        }
        byte[] body = request.getInputStream().readAllBytes();
        if (request.getMethod().getMethodString().equals("POST")) {
            builder.setBody(body);
        }
        Response answer = client.executeRequest(builder.build()).get();
        response.setStatus(answer.getStatusCode());
        for (Map.Entry<String, List<String>> header : answer.getHeaders()) {
            if (!OF_ONE_CONNECTION.contains(header.getKey())) {
                header.getValue().forEach(value -> response.addHeader(header.getKey(), value));
            }
        }
        byte[] bytes = answer.getResponseBodyAsBytes();
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
