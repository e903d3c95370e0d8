package corpus;

/** Inserts in a synchronized method. Not in a file with shapes: to their targets this is an insert that nobody marks. */
final class Marked extends Base {

    synchronized void put(Conn conn) {
        conn.list = this;
    }

    @Override String state() {
        return "";
    }
}
