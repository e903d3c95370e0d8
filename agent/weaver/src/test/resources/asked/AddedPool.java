package asked;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

final class AddedConn implements Conn {
    final int number;
    final AtomicBoolean out = new AtomicBoolean(true);

    AddedConn(int number) {
        this.number = number;
    }

    public String host() {
        return "h" + number % 2;
    }
}

/** A map of synchronized lists; an insert locks nothing but the list, inside it. */
final class Adding {
    private static Map<String, List<Conn>> idle = Collections.synchronizedMap(new HashMap<>());

    static void release(Conn conn) {
        List<Conn> list = idle.get(conn.host());
        if (list == null) {
            synchronized (idle) {
                list = idle.get(conn.host());
                if (list == null) {
                    list = Collections.synchronizedList(new LinkedList<>());
                    idle.put(conn.host(), list);
                }
            }
        }
        list.add(conn);
    }

    static Conn take(String host) {
        List<Conn> list = idle.get(host);
        if (list == null || list.isEmpty()) {
            return null;
        }
        synchronized (list) {
            while (!list.isEmpty()) {
                Conn conn = list.remove(0);
                if (conn != null) {
                    return conn;
                }
            }
        }
        return null;
    }

    static void forget(Conn conn) {
        List<Conn> list = idle.get(conn.host());
        if (list != null) {
            synchronized (list) {
                list.remove(conn);
            }
        }
    }

    /** What the lists' own monitor keeps out. */
    static void holding(String host, Runnable what) {
        List<Conn> list = idle.get(host);
        synchronized (list) {
            what.run();
        }
    }

    static boolean has(Conn conn) {
        List<Conn> list = idle.get(conn.host());
        return list != null && list.contains(conn);
    }
}

final class AddedPool implements Shape {
    private final AddedConn[] all;

    AddedPool(int connections) {
        all = new AddedConn[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = new AddedConn(i);
        }
    }

    public boolean insert(int n) {
        boolean mine = all[n].out.compareAndSet(true, false);
        if (mine) {
            Adding.release(all[n]);
        }
        return mine;
    }

    public int take() {
        Conn found = Adding.take("h0");
        found = found == null ? Adding.take("h1") : found;
        if (found == null) {
            return -1;
        }
        ((AddedConn) found).out.set(true);
        return ((AddedConn) found).number;
    }

    /** Forgets it while it is out, which is for nothing, or while it is listed. */
    public String ask(int n) {
        AddedConn conn = all[n];
        boolean mine = conn.out.compareAndSet(true, false);
        if (mine) {
            Adding.forget(conn);
        } else if (Adding.has(conn)) {
            Adding.holding(conn.host(), () -> {
                if (Adding.has(conn)) {
                    Adding.forget(conn);
                    conn.out.set(true);
                }
            });
        }
        if (mine) {
            conn.out.set(true);
        }
        return mine ? "out" : "in";
    }
}

/** One synchronized list. */
final class Single {
    private final List<Conn> idle = Collections.synchronizedList(new LinkedList<>());

    void release(Conn conn) {
        idle.add(conn);
    }

    Conn take() {
        synchronized (idle) {
            return idle.isEmpty() ? null : idle.remove(0);
        }
    }

    void forget(Conn conn) {
        synchronized (idle) {
            idle.remove(conn);
        }
    }
}
