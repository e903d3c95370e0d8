package asked;

/** A chain of links, each of which knows whether it is attached. */
final class Link {
    final int number;
    Link next;
    private boolean attached;

    Link(int number) {
        this.number = number;
    }

    void attach() {
        attached = true;
    }

    void detach() {
        attached = false;
    }

    boolean isAttached() {
        return attached;
    }
}

final class Chain {
    private Link first;

    void offer(Link link) {
        link.next = first;
        first = link;
        link.attach();
    }

    Link poll() {
        Link link = first;
        if (link == null) {
            return null;
        }
        first = link.next;
        link.detach();
        return link;
    }
}

final class Info {
    final Link ready;
    final LinkedPool pool;

    Info(LinkedPool pool, int number) {
        this.pool = pool;
        this.ready = new Link(number);
    }

    boolean isReady() {
        synchronized (pool.sync) {
            return ready.isAttached();
        }
    }
}

final class LinkedPool implements Shape {
    final Object sync = new Object();
    final Object other = new Object();
    private final Chain chain = new Chain();
    private final Info[] infos;

    LinkedPool(int connections) {
        infos = new Info[connections];
        for (int i = 0; i < connections; i++) {
            infos[i] = new Info(this, i);
        }
    }

    public boolean insert(int n) {
        synchronized (sync) {
            if (infos[n].ready.isAttached()) {
                return false;
            }
            chain.offer(infos[n].ready);
            return true;
        }
    }

    public int take() {
        synchronized (sync) {
            Link link = chain.poll();
            return link == null ? -1 : link.number;
        }
    }

    public String ask(int n) {
        return String.valueOf(infos[n].isReady());
    }
}
