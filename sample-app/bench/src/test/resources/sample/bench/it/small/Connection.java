package small;

/** Belongs to its loop, or while it is listed to the lock of the list. */
final class Connection {
    Tasklet tasklet;
    IdleConns list;
    Connection next;
    long handled;

    Connection(Loop loop) {
        tasklet = new Tasklet(loop, this);
    }

    boolean isListed() {
        return list != null;
    }

    /** Put to use by its owner. */
    void attach() {
        handled++;
    }
}
