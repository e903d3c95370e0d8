package corpus;

import java.util.HashMap;
import java.util.Map;

final class Inner {
    final Object lock = new Object();
}

/** Another class, whose objects are locked as they are. */
final class Other {
    final Inner inner = new Inner();
}

/** {@code synchronized}, on whatever it can be. */
final class Monitors extends Base {
    static final Object SHARED = new Object();

    final Object monitor = new Object();
    final Object second = new Object();
    Object changing = new Object();
    final Object[] stripes = {new Object(), new Object(), new Object(), new Object()};
    final Map<String, Object> byHost = new HashMap<>();
    final Other other = new Other();
    final Other spare = new Other();

    Monitors() {
        byHost.put("a", new Object());
        byHost.put("other", other);
    }

    @Bypassed("{ kind: monitor, object: Monitors }")
    int thisBlock(Handle h, int x) {
        int r;
        synchronized (this) {
            r = h.context.isListed() ? drop(h.context) : x;
        }
        return check(r);
    }

    @Bypassed("{ kind: monitor, object: Monitors }")
    synchronized int wholeMethod(Handle h, int x) {
        return h.context.isListed() ? drop(h.context) : x * 2;
    }

    /** Locals behind wide arguments, and frames that know them. */
    @Bypassed("{ kind: monitor, object: Monitors }")
    synchronized double wholeWide(long a, Handle h, double b, int x) {
        long sum = a;
        for (int i = 0; i < x; i++) {
            double more = b * i;
            sum += h.context.isListed() ? drop(h.context) : (long) more;
        }
        return sum > 20 ? sum + b : -sum;
    }

    @Bypassed("{ kind: monitor, class: Monitors }")
    static synchronized int wholeStatic(Monitors self, Handle h, int x) {
        return h.context.isListed() ? self.drop(h.context) : x * 3;
    }

    @Bypassed("{ kind: monitor, class: Monitors }")
    int classBlock(Handle h, int x) {
        synchronized (Monitors.class) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, field: Monitors.SHARED }")
    int staticField(Handle h, int x) {
        synchronized (SHARED) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, field: Monitors.changing }")
    int changingField(Handle h, int x) {
        synchronized (changing) {
            if (h.context.isListed()) {
                changing = new Object();
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, field: Inner.lock }")
    int fieldPath(Handle h, int x) {
        synchronized (other.inner.lock) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, element-of: Monitors.stripes }")
    int element(Handle h, int x) {
        synchronized (stripes[x & 3]) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, value-of: Monitors.byHost }")
    int mapValue(Handle h, int x) {
        synchronized (byHost.get("a")) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Refused(lock = "{ kind: monitor, value-of: Monitors.byHost }", found = "a lock operation on one of several objects")
    int mapValueOrNew(Handle h, int x) {
        Object lock = byHost.get("b");
        if (lock == null) {
            lock = new Object();
            byHost.put("b", lock);
        }
        synchronized (lock) {
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Bypassed("{ kind: monitor, object: Other }")
    int parameter(Other given, Handle h, int x) {
        synchronized (given) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, object: Other }")
    int declaredField(Handle h, int x) {
        synchronized (other) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: monitor, object: Other }")
    int castLocal(Handle h, int x) {
        Other local = (Other) byHost.get("other");
        synchronized (local) {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        }
        return check(x);
    }

    @Refused(lock = "{ kind: monitor, object: Other }", found = "a lock operation on one of several objects")
    int uncastLocal(Handle h, int x) {
        Object local = byHost.get("other");
        synchronized (local) {
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: monitor, object: Other }", found = "a lock operation on one of several objects")
    int castOnOneWay(Handle h, int x) {
        Object local = byHost.get("other");
        Other same = x > 4 ? (Other) local : null;
        synchronized (local) {
            return h.context.isListed() ? drop(h.context) : same == null ? x : -x;
        }
    }

    @Refused(lock = "{ kind: monitor, object: Other }", found = "a lock operation on one of several objects")
    int oneOfTwo(Handle h, int x) {
        Other one = x > 4 ? other : spare;
        synchronized (one) {
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: monitor, class: Monitors }", found = "a lock operation on one of several objects")
    int ownClass(Handle h, int x) {
        synchronized (getClass()) {
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: monitor, object: Monitors }", found = "a call of corpus.Monitors.check in the region")
    synchronized int wholeWithWork(Handle h, int x) {
        return h.context.isListed() ? drop(h.context) : check(x);
    }

    @Refused(lock = "{ kind: monitor, object: Monitors }", found = "the lock taken while it is already held")
    synchronized int wholeAndBlock(Handle h, int x) {
        synchronized (this) {
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: monitor, field: Monitors.monitor }", found = "a synchronized method with a region of lock")
    synchronized int blockInWhole(Handle h, int x) {
        synchronized (monitor) {
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: monitor, field: Monitors.monitor }", found = "a use of lock")
    int waits(Handle h, int x) throws InterruptedException {
        synchronized (monitor) {
            if (x == 100) {
                monitor.wait();
            }
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: monitor, object: Monitors }", found = "a use of lock")
    synchronized int notifies(Handle h, int x) {
        if (h.context.isListed()) {
            notifyAll();
            return drop(h.context);
        }
        return x;
    }

    @Refused(lock = "{ kind: monitor, field: Monitors.monitor }", found = "a use of lock")
    int holdsLock(Handle h, int x) {
        synchronized (monitor) {
            if (!Thread.holdsLock(monitor)) {
                return -1;
            }
            return h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Bypassed("{ kind: monitor, field: Monitors.monitor }")
    int nestedIfListed(Handle h, int x) {
        synchronized (monitor) {
            if (h.context.isListed()) {
                synchronized (second) {
                    drop(h.context);
                    check(x);
                }
            }
        }
        return check(x);
    }

    @Refused(lock = "{ kind: monitor, field: Monitors.monitor }", found = "another monitor in the region")
    int nestedAlways(Handle h, int x) {
        synchronized (monitor) {
            synchronized (second) {
                return h.context.isListed() ? drop(h.context) : x;
            }
        }
    }

    @Bypassed("{ kind: monitor, field: Monitors.monitor }")
    int loop(Handle h, int x) {
        int sum = 0;
        for (int i = 0; i < 5; i++) {
            synchronized (monitor) {
                if (i == x) {
                    break;
                }
                if (h.context.isListed()) {
                    drop(h.context);
                    continue;
                }
                sum += i;
            }
            sum = check(sum);
        }
        return sum;
    }

    /** The bit is written where no flag is set: it may be stale. */
    @Refused(lock = "{ kind: monitor, field: Monitors.monitor }", asks = "{ field: Conn.stale, is: \"false\" }", found = "a write of arg0.stale")
    int staleBit(Handle h, int x) {
        synchronized (monitor) {
            return h.context.stale ? drop(h.context) : x;
        }
    }

    @Observed("{ kind: monitor, object: Monitors }")
    synchronized int observedMethod(long a, Handle h, int x) {
        for (int i = 0; i < 2; i++) {
            a += i;
        }
        return took(x) + check(h.context.isListed() ? drop(h.context) : (int) a);
    }

    @Observed("{ kind: monitor, class: Monitors }")
    static synchronized int observedStatic(Monitors self, Handle h, int x) {
        return self.took(x) + self.check(x);
    }

    @Observed("{ kind: monitor, element-of: Monitors.stripes }")
    int observedElement(Handle h, int x) {
        synchronized (stripes[x & 3]) {
            return check(took(x));
        }
    }

    @NotObserved(lock = "{ kind: monitor, field: Monitors.byHost }", found = "no place where lock")
    int inCallee(Handle h, int x) {
        return byHost.size();
    }

    @Override String state() {
        StringBuilder held = new StringBuilder();
        held.append(Thread.holdsLock(this)).append(Thread.holdsLock(SHARED)).append(Thread.holdsLock(monitor)).append(Thread.holdsLock(second))
                .append(Thread.holdsLock(changing)).append(Thread.holdsLock(other)).append(Thread.holdsLock(other.inner.lock)).append(Thread.holdsLock(getClass()));
        for (Object stripe : stripes) {
            held.append(Thread.holdsLock(stripe));
        }
        return held.append(Thread.holdsLock(byHost.get("a"))).toString();
    }
}
