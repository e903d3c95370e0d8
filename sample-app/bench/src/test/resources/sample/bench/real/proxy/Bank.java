package sample.bench.real.proxy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Accounts in an embedded database, which threads use through a pool: each round borrows a connection, updates, reads back and checks, and gives back. */
final class Bank {

    static final String URL = "jdbc:h2:mem:bank;DB_CLOSE_DELAY=-1";
    static final int THREADS = 8;

    private static final int ROUNDS = 1_500;

    private final DataSource pool;
    private final Back back;

    /** @param back how the connection of one round is given back */
    Bank(DataSource pool, Back back) {
        this.pool = pool;
        this.back = back;
    }

    /** Gives a connection back to its pool. */
    interface Back {
        void give(Connection connection, int round) throws SQLException;
    }

    /** All rounds; says what is in the database at the end. */
    String run() throws Exception {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create table account(id int primary key, balance bigint not null)");
            for (int id = 0; id < THREADS; id++) {
                statement.execute("insert into account values(" + id + ", 0)");
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int id = i;
                running.add(threads.submit(() -> use(id)));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return "rounds " + THREADS * ROUNDS + " accounts " + accounts();
    }

    private Void use(int id) throws SQLException {
        long expected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Connection connection = pool.getConnection();
            long amount = (long) id * ROUNDS + round;
            expected += amount;
            add(connection, id, amount);
            long balance = balance(connection, id);
            if (balance != expected) {
                throw new IllegalStateException("account " + id + " in round " + round + ": expected " + expected + ", found " + balance);
            }
            back.give(connection, round);
        }
        return null;
    }

    private static void add(Connection connection, int id, long amount) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update account set balance = balance + ? where id = ?")) {
            update.setLong(1, amount);
            update.setInt(2, id);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("no account " + id);
            }
        }
    }

    private static long balance(Connection connection, int id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select balance from account where id = ?")) {
            select.setInt(1, id);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    private List<Long> accounts() throws SQLException {
        List<Long> balances = new ArrayList<>();
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("select balance from account order by id")) {
            while (all.next()) {
                balances.add(all.getLong(1));
            }
        }
        return balances;
    }
}
