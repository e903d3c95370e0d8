package sample.bench.real;

import com.alibaba.druid.pool.DruidDataSource;
import java.sql.Connection;

/** Connections of H2, borrowed from Druid and given back. */
public final class Druid {

    private Druid() {
    }

    public static void main(String[] args) throws Exception {
        DruidDataSource source = new DruidDataSource();
        source.setUrl("jdbc:h2:mem:druid");
        source.setMaxActive(3);
        Rounds.run(n -> {
            try (Connection connection = source.getConnection()) {
                connection.getAutoCommit();
            }
            if (n % 100 == 0) {
                source.getActiveCount();
            }
        });
        Object pool = Counted.field(source, "lock");
        Object active = Counted.field(source, "activeConnectionLock");
        source.close();
        Counted.say(Rounds.ALL, Counted.of(pool, active));
    }
}
