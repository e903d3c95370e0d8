package sample.bench.real;

import java.lang.reflect.Proxy;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.NHttpServerConnection;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;
import org.apache.synapse.transport.passthru.ProtocolState;
import org.apache.synapse.transport.passthru.SourceContext;
import org.apache.synapse.transport.passthru.connections.HostConnections;
import org.apache.synapse.transport.passthru.connections.SourceConnections;

/** Requests as the pass-through transport's two sides count them: a client's connection in use, and one to the back end. */
public final class Synapse {

    private Synapse() {
    }

    public static void main(String[] args) throws Exception {
        SourceConnections clients = new SourceConnections();
        HostConnections host = new HostConnections("127.0.0.1", 80, Rounds.THREADS);
        ThreadLocal<NHttpServerConnection> own = ThreadLocal.withInitial(() -> {
            NHttpServerConnection client = connection(NHttpServerConnection.class);
            SourceContext.create(client, ProtocolState.REQUEST_READY, null);
            clients.addConnection(client);
            return client;
        });
        Rounds.run(n -> {
            clients.useConnection(own.get());
            NHttpClientConnection back = host.getConnection();
            if (back == null) {
                back = connection(NHttpClientConnection.class);
                host.addConnection(back);
            }
            if (n % 10 == 0) {
                host.forget(back);
            } else {
                host.release(back);
            }
            clients.releaseConnection(own.get());
        });
        Counted.say(Rounds.ALL, Counted.of(Counted.field(clients, "lock"), Counted.field(host, "lock")));
    }

    /** Has a context and nothing else. */
    private static <T> T connection(Class<T> type) {
        T nothing = Nothing.of(type);
        HttpContext context = new BasicHttpContext();
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> switch (method.getName()) {
            case "getContext" -> context;
            case "equals" -> self == args[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> method.invoke(nothing, args);
        }));
    }
}
