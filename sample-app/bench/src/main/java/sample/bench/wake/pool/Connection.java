package sample.bench.wake.pool;

/** Belongs to its thread, or while it is listed to the lock of the list. */
public final class Connection extends Padded {
    Tasklet tasklet;
    /** The list that it is in; null while in none. */
    IdleConns list;
    /** Its neighbours there. */
    Connection next;
    Connection previous;
    /** What a wake does once it knows that the connection is its own. */
    long handled;
    private long attached;

    public Connection(IdleConns idle) {
        tasklet = new Tasklet(idle, this);
    }

    public Tasklet tasklet() {
        return tasklet;
    }

    boolean isListed() {
        return list != null;
    }

    /** Put to use by its owner. */
    public void attach() {
        attached++;
    }

    /** The same, patched by hand. */
    public void attachPatched() {
        tasklet.usr1 = false;
        attached++;
    }

    /** Read by the benchmarks, so that nothing is optimised away. */
    public long handled() {
        return handled + attached;
    }

    /** How many there were that did anything. */
    public long wakes() {
        return handled;
    }
}
