package moving;

/** What the test drives, in plain types. */
public final class Driver {
    private final Pool pool = new Pool();
    private final Connection connection = new Connection();

    public void wake() {
        pool.run(connection);
    }

    public void insert() {
        pool.insert(connection);
    }

    public boolean take() {
        return pool.take() != null;
    }

    public Object carrier() {
        return connection;
    }

    public int handled() {
        return connection.handled;
    }

    public Thread owner() {
        return connection.owner;
    }

    /** Two threads in the site at once: the second comes while the first waits for the lock. */
    public void holding(Runnable other) {
        pool.lock.lock();
        try {
            other.run();
        } finally {
            pool.lock.unlock();
        }
    }
}
