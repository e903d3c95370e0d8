package pools;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectorHandler;
import org.glassfish.grizzly.connectionpool.ConnectionInfo;
import org.glassfish.grizzly.connectionpool.SingleEndpointPool;
import org.glassfish.grizzly.impl.FutureImpl;
import org.glassfish.grizzly.impl.SafeFutureImpl;

/**
 * The pool of one endpoint, and connections that do nothing. Each use asks twice whether its connection is ready, as
 * async-http-client 1.9.40 does: 1.95 times a request were measured there, once each time it has written or read.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
final class GrizzlyWork implements Work {

    private SingleEndpointPool<String> pool;
    /** As MultiEndpointPool keeps them, so that finding one takes no lock. */
    private final Map<Connection, ConnectionInfo<String>> infos = new ConcurrentHashMap<>();

    @Override public void start(int threads) {
        ConnectorHandler<String> connector = (ConnectorHandler<String>) Proxy.newProxyInstance(GrizzlyWork.class.getClassLoader(), new Class<?>[] {ConnectorHandler.class}, (self, method, args) -> {
            FutureImpl<Connection> made = SafeFutureImpl.create();
            Connection connection = connection();
            made.result(connection);
            if (args[args.length - 1] instanceof CompletionHandler) {
                ((CompletionHandler) args[args.length - 1]).completed(connection);
            }
            return method.getReturnType() == void.class ? null : made;
        });
        pool = SingleEndpointPool.builder(String.class).connectorHandler(connector).endpointAddress("nowhere").corePoolSize(threads).maxPoolSize(threads).build();
    }

    @Override public void round(int thread, int number) throws Exception {
        Connection<?> connection = pool.take().get(1, TimeUnit.MINUTES);
        for (int i = 0; i < 2; i++) {
            if (info(connection).isReady()) {
                throw new IllegalStateException("a connection in use is ready");
            }
        }
        pool.release(connection);
    }

    @Override public void rest() throws Exception {
        Connection<?> connection = pool.take().get(1, TimeUnit.MINUTES);
        pool.release(connection);
        for (int i = 0; i < 1000; i++) {
            if (!info(connection).isReady()) {
                throw new IllegalStateException("a connection that was released is not ready");
            }
        }
    }

    @Override public void stop() {
        pool.close();
    }

    private ConnectionInfo<String> info(Connection<?> connection) {
        ConnectionInfo<String> known = infos.get(connection);
        if (known == null) {
            known = pool.getConnectionInfo(connection);
            infos.put(connection, known);
        }
        return known;
    }

    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(GrizzlyWork.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
            switch (method.getName()) {
                case "equals":
                    return self == args[0];
                case "hashCode":
                    return System.identityHashCode(self);
                case "isOpen":
                    return true;
                default:
                    Class<?> returns = method.getReturnType();
                    return returns == boolean.class ? Boolean.FALSE : returns == int.class ? (Object) 0 : returns == long.class ? (Object) 0L : null;
            }
        });
    }
}
