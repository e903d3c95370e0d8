package io.usr1.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

/**
 * A count that only grows, for paths on which the one atomic instruction of a {@link LongAdder} is most of what is paid.
 *
 * <p>A thread has a stripe of its own if it finds a place for one; nobody else ever writes it, so adding to it is a load and a store. Every
 * other thread adds to a LongAdder: virtual threads, which come and go, and one whose place another thread has. So nothing is lost,
 * whoever counts. A stripe whose thread has ended is replaced by one that goes on from its count, in one step: {@link #sum} needs
 * no lock, and never goes down.
 *
 * <p>A record for the same reason as {@link Site}: of a constant site the array is a constant too, and so is its length.
 *
 * @param stripes by place; null where no thread has counted
 * @param others  of the threads without a stripe
 */
record Tally(Stripe[] stripes, LongAdder others) {

    private static final int PLACES = 64;
    private static final VarHandle STRIPES = MethodHandles.arrayElementVarHandle(Stripe[].class);
    /** Null before JDK 21. Where it should be called otherwise one day, virtual threads have stripes, which is only slower. */
    private static final Class<?> VIRTUAL = virtual();

    Tally() {
        this(new Stripe[PLACES], new LongAdder());
    }

    /** Any thread. */
    void increment() {
        add(1);
    }

    /** Any thread. */
    void add(long count) {
        Thread self = Thread.currentThread();
        int place = place(self);
        Stripe stripe = stripes[place];
        if (stripe != null && stripe.refersTo(self)) {
            stripe.add(count);
        } else {
            slowly(self, place, count);
        }
    }

    /** Not the whole truth while others count, as with a LongAdder; all that happened before is in it. */
    long sum() {
        long sum = others.sum();
        for (int i = 0; i < PLACES; i++) {
            Stripe stripe = at(i);
            sum += stripe == null ? 0 : stripe.count;
        }
        return sum;
    }

    /** Its number spreads threads over the places; whose a stripe is says the reference, for a subclass may answer what it likes. */
    private static int place(Thread thread) {
        try {
            return (int) thread.getId() & PLACES - 1;
        } catch (Throwable ofTheSubclass) {
            return 0;
        }
    }

    private Stripe at(int place) {
        return (Stripe) STRIPES.getAcquire(stripes, place);
    }

    private void slowly(Thread self, int place, long count) {
        Stripe taken = at(place);
        if (VIRTUAL != null && VIRTUAL.isInstance(self) || taken != null && taken.lives()
                || !STRIPES.compareAndSet(stripes, place, taken, new Stripe(self, taken == null ? count : taken.count + count))) {
            others.add(count);
        }
    }

    private static Class<?> virtual() {
        try {
            return Class.forName("java.lang.BaseVirtualThread", false, null);
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    /** Does not keep its thread: that has a context class loader. */
    static final class Stripe extends WeakReference<Thread> {

        private static final AtomicLongFieldUpdater<Stripe> COUNT = AtomicLongFieldUpdater.newUpdater(Stripe.class, "count");

        private volatile long count;
        /** So that no two counts are in one cache line. */
        private long a;
        private long b;
        private long c;
        private long d;
        private long e;
        private long f;
        private long g;

        Stripe(Thread owner, long count) {
            super(owner);
            this.count = count;
        }

        /** The owner only. A plain store, in order after what was stored before. */
        void add(long more) {
            COUNT.lazySet(this, count + more);
        }

        /** False once its thread can count no more, and all that it counted is seen. */
        boolean lives() {
            Thread owner = get();
            return owner != null && owner.isAlive();
        }
    }
}
