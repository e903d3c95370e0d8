package io.usr1.weaver.real;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.concurrent.Callable;

import com.mchange.v2.c3p0.ComboPooledDataSource;

/** Threads that open and close connections of a driver that does nothing. */
public final class C3p0Run implements Callable<String> {

    private static final int THREADS = 4;

    @Override public String call() throws Exception {
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.FallbackMLog");
        System.setProperty("com.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL", "OFF");
        Driver driver = nothing(Driver.class);
        DriverManager.registerDriver(driver);
        ComboPooledDataSource source = new ComboPooledDataSource();
        try {
            source.setJdbcUrl("jdbc:nothing");
            source.setMaxPoolSize(THREADS);
            source.setForceSynchronousCheckins(true);
            Threads.run(THREADS, 2000, n -> {
                try (Connection connection = source.getConnection()) {
                    connection.getAutoCommit();
                }
            });
            return "busy " + source.getNumBusyConnectionsDefaultUser();
        } finally {
            source.close();
            DriverManager.deregisterDriver(driver);
        }
    }

    /** Answers true, 0, null or another such object. */
    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader() == null ? C3p0Run.class.getClassLoader() : type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Class<?> returns = method.getReturnType();
            return switch (method.getName()) {
                case "equals" -> self == args[0];
                case "hashCode" -> System.identityHashCode(self);
                case "toString" -> "nothing";
                case "isClosed", "next" -> false;
                case "getTypeMap" -> Collections.emptyMap();
                default -> returns == boolean.class ? Boolean.TRUE : returns == int.class ? (Object) 0 : returns == String.class || !returns.isInterface() ? null : nothing(returns);
            };
        }));
    }
}
