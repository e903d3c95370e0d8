package asked;

import java.util.concurrent.locks.ReentrantLock;

class Pooled {
    final int number;

    Pooled(int number) {
        this.number = number;
    }
}

/** A deque of the pool's own, with its lock inside. */
final class OwnDeque {
    private static final class Node {
        Object item;
        Node next;

        Node(Object item, Node next) {
            this.item = item;
            this.next = next;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private Node first;

    private void link(Object item) {
        first = new Node(item, first);
    }

    private Object unlink() {
        Node node = first;
        if (node == null) {
            return null;
        }
        Object item = node.item;
        node.item = null;
        first = node.next;
        return item;
    }

    boolean offer(Object item) {
        lock.lock();
        try {
            for (Node node = first; node != null; node = node.next) {
                if (item.equals(node.item)) {
                    return false;
                }
            }
            link(item);
            return true;
        } finally {
            lock.unlock();
        }
    }

    Object poll() {
        lock.lock();
        try {
            Object item = unlink();
            while (item == null && first != null) {
                item = unlink();
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    public boolean remove(Object item) {
        if (item == null) {
            return false;
        }
        lock.lock();
        try {
            for (Node node = first; node != null; node = node.next) {
                if (item.equals(node.item)) {
                    node.item = null;
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }
}

final class DequePool implements Shape {
    private final OwnDeque deque = new OwnDeque();
    private final Pooled[] all;

    DequePool(int connections) {
        all = new Pooled[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = new Pooled(i);
        }
    }

    public boolean insert(int n) {
        return deque.offer(all[n]);
    }

    public int take() {
        Object found = deque.poll();
        return found == null ? -1 : ((Pooled) found).number;
    }

    public String ask(int n) {
        return String.valueOf(deque.remove(all[n]));
    }
}
