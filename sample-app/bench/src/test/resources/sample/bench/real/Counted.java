package sample.bench.real;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is locked, object by object. A library is rewritten so that each of its acquisitions says so here. */
public final class Counted {

    private static final Map<Object, LongAdder> TAKEN = new IdentityHashMap<>();

    private Counted() {
    }

    /** Before an object's monitor, or a lock, is taken. */
    public static void taken(Object lock) {
        LongAdder count;
        synchronized (TAKEN) {
            count = TAKEN.computeIfAbsent(lock, key -> new LongAdder());
        }
        count.increment();
    }

    /** After a try. */
    public static boolean tried(Object lock, boolean taken) {
        if (taken) {
            taken(lock);
        }
        return taken;
    }

    static long of(Object... locks) {
        long sum = 0;
        synchronized (TAKEN) {
            for (Object lock : locks) {
                sum += TAKEN.getOrDefault(lock, new LongAdder()).sum();
            }
        }
        return sum;
    }

    /** Of all objects of a class of that simple name. */
    static long ofClass(String name) {
        synchronized (TAKEN) {
            return TAKEN.entrySet().stream().filter(entry -> entry.getKey().getClass().getSimpleName().equals(name)).mapToLong(entry -> entry.getValue().sum()).sum();
        }
    }

    static long ofAll() {
        synchronized (TAKEN) {
            return TAKEN.values().stream().mapToLong(LongAdder::sum).sum();
        }
    }

    /** The value of a field that is nobody else's business. */
    static Object field(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (java.lang.reflect.Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(of);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    /** What the test reads. Nothing may take a lock afterwards. */
    static void say(long operations, long counted) {
        System.out.println("operations " + operations + " counted " + counted);
    }
}
