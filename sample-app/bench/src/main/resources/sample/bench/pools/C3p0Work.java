package pools;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.mchange.v2.c3p0.ComboPooledDataSource;

/** Connections of a driver that does nothing; 200 of them are idle, as in a pool that was sized for a peak. */
final class C3p0Work implements Work {

    private static final int IDLE = 200;

    private final Driver driver = nothing(Driver.class);
    private ComboPooledDataSource source;

    @Override public void start(int threads) throws Exception {
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.FallbackMLog");
        System.setProperty("com.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL", "OFF");
        DriverManager.registerDriver(driver);
        source = new ComboPooledDataSource();
        source.setJdbcUrl("jdbc:nothing");
        source.setMinPoolSize(IDLE);
        source.setInitialPoolSize(IDLE);
        source.setMaxPoolSize(IDLE + threads);
        source.setForceSynchronousCheckins(true);
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            all.add(source.getConnection());
        }
        for (Connection one : all) {
            one.close();
        }
    }

    @Override public void round(int thread, int number) throws Exception {
        source.getConnection().close();
    }

    @Override public void stop() throws Exception {
        int busy = source.getNumBusyConnectionsDefaultUser();
        source.close();
        DriverManager.deregisterDriver(driver);
        if (busy != 0) {
            throw new IllegalStateException("busy " + busy);
        }
    }

    /** Answers true, 0, null or another such object. */
    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(C3p0Work.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Class<?> returns = method.getReturnType();
            switch (method.getName()) {
                case "equals":
                    return self == args[0];
                case "hashCode":
                    return System.identityHashCode(self);
                case "toString":
                    return "nothing";
                case "isClosed":
                case "next":
                    return false;
                case "getTypeMap":
                    return Collections.emptyMap();
                default:
                    return returns == boolean.class ? Boolean.TRUE : returns == int.class ? (Object) 0 : returns == String.class || !returns.isInterface() ? null : nothing(returns);
            }
        }));
    }
}
