package asked;

/** As a link, but of two kinds of lists, under two locks. */
final class Hook {
    final int number;
    Hook next;
    private boolean attached;

    Hook(int number) {
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

final class Row {
    private Hook first;

    void offer(Hook hook) {
        hook.next = first;
        first = hook;
        hook.attach();
    }

    Hook poll() {
        Hook hook = first;
        if (hook == null) {
            return null;
        }
        first = hook.next;
        hook.detach();
        return hook;
    }
}

final class Member {
    final Hook ready;
    final FamilyPool pool;

    Member(FamilyPool pool, int number) {
        this.pool = pool;
        this.ready = new Hook(number);
    }

    boolean isReady() {
        synchronized (pool.sync) {
            return ready.isAttached();
        }
    }
}

final class Waiter {
    final Hook waiting;

    Waiter() {
        waiting = new Hook(-1);
    }
}

final class FamilyPool implements Shape {
    final Object sync = new Object();
    final Object other = new Object();
    private final Row idle = new Row();
    private final Row waiters = new Row();
    private final Member[] members;

    FamilyPool(int connections) {
        members = new Member[connections];
        for (int i = 0; i < connections; i++) {
            members[i] = new Member(this, i);
        }
    }

    /** Another list, another lock, the same class of links. */
    private void queue() {
        synchronized (other) {
            Waiter waiter = new Waiter();
            waiters.offer(waiter.waiting);
            Hook extra = new Hook(-2);
            waiters.offer(extra);
            waiters.poll();
            waiters.poll();
        }
    }

    public boolean insert(int n) {
        queue();
        synchronized (sync) {
            if (members[n].ready.isAttached()) {
                return false;
            }
            idle.offer(members[n].ready);
            return true;
        }
    }

    public int take() {
        synchronized (sync) {
            Hook hook = idle.poll();
            return hook == null ? -1 : hook.number;
        }
    }

    public String ask(int n) {
        return String.valueOf(members[n].isReady());
    }
}
