package asked;

import java.util.HashMap;
import java.util.LinkedList;

/** What the pool manages; the pool itself knows objects only. */
class Resource {
    final int number;

    Resource(int number) {
        this.number = number;
    }
}

/** A list behind synchronized methods; a task of a local class puts resources back; a check-in asks first. */
class StatusPool implements Shape {
    LinkedList<Object> unused = new LinkedList<>();
    HashMap<Object, String> managed = new HashMap<>();
    private final Object[] resources;

    StatusPool(int connections) {
        resources = new Object[connections];
        for (int i = 0; i < connections; i++) {
            resources[i] = new Resource(i);
        }
    }

    public synchronized int statusInPool(Object resource) {
        if (unused.contains(resource)) {
            return 0;
        }
        return managed.keySet().contains(resource) ? 1 : -1;
    }

    private void checkIn(Object resource) {
        class Task implements Runnable {
            public void run() {
                synchronized (StatusPool.this) {
                    if (!unused.contains(resource)) {
                        unused.add(0, resource);
                    }
                }
            }
        }
        new Task().run();
    }

    private String checked(Object resource) {
        return statusInPool(resource) == 0 ? "in" : "out";
    }

    private synchronized Object prelim() {
        if (unused.size() == 0) {
            return null;
        }
        Object found = unused.get(0);
        unused.remove(0);
        return found;
    }

    public synchronized boolean insert(int n) {
        if (unused.contains(resources[n])) {
            return false;
        }
        managed.put(resources[n], "");
        checkIn(resources[n]);
        return true;
    }

    public int take() {
        Object found = prelim();
        return found == null ? -1 : ((Resource) found).number;
    }

    public String ask(int n) {
        return checked(resources[n]);
    }
}
