package asked;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

interface Conn {
    String host();
}

final class HostConn implements Conn {
    final int number;

    HostConn(int number) {
        this.number = number;
    }

    public String host() {
        return "h" + number % 2;
    }
}

/** A map of synchronized lists, behind static methods. */
final class Hosts {
    private static Map<String, List<Conn>> lists = Collections.synchronizedMap(new HashMap<>());

    static boolean release(Conn conn) {
        List<Conn> list = lists.get(conn.host());
        if (list == null) {
            synchronized (lists) {
                list = lists.get(conn.host());
                if (list == null) {
                    list = Collections.synchronizedList(new LinkedList<>());
                    lists.put(conn.host(), list);
                }
            }
        }
        List<Conn> found = lists.get(conn.host());
        synchronized (found) {
            if (found.contains(conn)) {
                return false;
            }
            found.add(conn);
            return true;
        }
    }

    static Conn get(String host) {
        List<Conn> list = lists.get(host);
        if (list == null) {
            return null;
        }
        synchronized (list) {
            if (list.isEmpty()) {
                return null;
            }
            return list.remove(0);
        }
    }

    static void forget(Conn conn) {
        List<Conn> list = lists.get("h" + "" + conn.host().substring(1));
        if (list != null) {
            synchronized (list) {
                list.remove(conn);
            }
        }
    }
}

final class HostPool implements Shape {
    private final HostConn[] all;

    HostPool(int connections) {
        all = new HostConn[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = new HostConn(i);
        }
    }

    public boolean insert(int n) {
        return Hosts.release(all[n]);
    }

    public int take() {
        Conn found = Hosts.get("h0");
        found = found == null ? Hosts.get("h1") : found;
        return found == null ? -1 : ((HostConn) found).number;
    }

    public String ask(int n) {
        Hosts.forget(all[n]);
        return "";
    }
}
