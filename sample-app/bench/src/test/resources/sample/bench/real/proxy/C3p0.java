package sample.bench.real.proxy;

import com.mchange.v2.c3p0.ComboPooledDataSource;

/** c3p0 before an embedded database. Takes whether connections are checked in by the thread that closes them. */
public final class C3p0 {

    private C3p0() {
    }

    public static void main(String[] args) throws Exception {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(Bank.URL);
        pool.setMinPoolSize(2 * Bank.THREADS);
        pool.setMaxPoolSize(2 * Bank.THREADS);
        pool.setForceSynchronousCheckins(args[0].equals("synchronous"));
        Serving.until("done " + new Bank(pool, (connection, round) -> connection.close()).run(), pool::close);
    }
}
