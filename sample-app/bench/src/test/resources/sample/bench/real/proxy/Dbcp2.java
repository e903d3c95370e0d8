package sample.bench.real.proxy;

import org.apache.commons.dbcp2.BasicDataSource;

/** DBCP 2 before an embedded database; one connection in ten is found broken, so that the pool destroys it. */
public final class Dbcp2 {

    private Dbcp2() {
    }

    public static void main(String[] args) throws Exception {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(Bank.URL);
        pool.setMaxTotal(Bank.THREADS);
        Serving.until("done " + new Bank(pool, (connection, round) -> {
            if (round % 10 == 0) {
                pool.invalidateConnection(connection);
            } else {
                connection.close();
            }
        }).run(), pool::close);
    }
}
