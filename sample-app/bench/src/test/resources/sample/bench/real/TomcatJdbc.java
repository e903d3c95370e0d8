package sample.bench.real;

import java.sql.Connection;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Connections of H2, borrowed from Tomcat's pool and given back. */
public final class TomcatJdbc {

    private TomcatJdbc() {
    }

    public static void main(String[] args) throws Exception {
        PoolProperties settings = new PoolProperties();
        settings.setUrl("jdbc:h2:mem:tomcat");
        settings.setDriverClassName("org.h2.Driver");
        settings.setMaxActive(3);
        DataSource source = new DataSource(settings);
        source.getConnection().close();
        Object idle = Counted.field(Counted.field(source.getPool(), "idle"), "lock");
        Rounds.run(n -> {
            try (Connection connection = source.getConnection()) {
                connection.getAutoCommit();
            }
            if (n % 100 == 0) {
                source.getIdle();
            }
        });
        source.close();
        Counted.say(Rounds.ALL, Counted.of(idle));
    }
}
