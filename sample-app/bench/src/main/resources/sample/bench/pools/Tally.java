package pools;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts beside the agent and without it: acquisitions that are the thread's first of that lock, and calls of the method that
 * asks. Called by classes that {@link TallyAgent} has rewritten; knows of the agent only how a flag is read.
 */
public final class Tally {

    private static final LongAdder ACQUIRED = new LongAdder();
    private static final LongAdder INSIDE = new LongAdder();
    private static final LongAdder ASKED = new LongAdder();
    private static final LongAdder CLEAR = new LongAdder();
    private static final LongAdder NESTED_CLEAR = new LongAdder();
    private static final Map<String, Field> FIELDS = new ConcurrentHashMap<>();
    private static volatile Method flag;

    /** Set by the agent's argument: ways from the asked object, or its argument, to the lock and to the carrier. */
    static String lockPath;
    static String carrierPath;

    private Tally() {
    }

    /** Before an acquisition. */
    public static void acquire(Object lock) {
        if (!holds(lock)) {
            ACQUIRED.increment();
        }
    }

    /** The same in the body that answers under the lock. */
    public static void acquireInside(Object lock) {
        if (!holds(lock)) {
            ACQUIRED.increment();
            INSIDE.increment();
        }
    }

    /** At the head of the method that asks. */
    public static void asked(Object self, Object argument) {
        try {
            boolean outermost = !holds(walk(self, argument, lockPath));
            boolean clear = clear(walk(self, argument, carrierPath));
            if (outermost) {
                ASKED.increment();
            }
            if (clear) {
                (outermost ? CLEAR : NESTED_CLEAR).increment();
            }
        } catch (ReflectiveOperationException wrongPath) {
            throw new IllegalStateException(wrongPath);
        }
    }

    static void reset() {
        for (LongAdder one : new LongAdder[] {ACQUIRED, INSIDE, ASKED, CLEAR, NESTED_CLEAR}) {
            one.reset();
        }
    }

    static void print() {
        System.out.println("tally-acquired " + ACQUIRED.sum());
        System.out.println("tally-inside " + INSIDE.sum());
        System.out.println("tally-asked " + ASKED.sum());
        System.out.println("tally-clear " + CLEAR.sum());
        System.out.println("tally-nested-clear " + NESTED_CLEAR.sum());
    }

    private static boolean holds(Object lock) {
        return lock instanceof ReentrantLock ? ((ReentrantLock) lock).isHeldByCurrentThread() : Thread.holdsLock(lock);
    }

    private static boolean clear(Object carrier) throws ReflectiveOperationException {
        Method known = flag;
        if (known == null) {
            try {
                known = Class.forName("io.usr1.runtime.Carrier", false, null).getMethod("usr1$flag");
            } catch (ClassNotFoundException withoutAgent) {
                return false;
            }
            flag = known;
        }
        return known.getDeclaringClass().isInstance(carrier) && (Integer) known.invoke(carrier) == 1;
    }

    /** {@code this.a.b}, {@code arg.a} or {@code a.Class#field[key]}, what a static map holds. */
    private static Object walk(Object self, Object argument, String path) throws ReflectiveOperationException {
        int hash = path.indexOf('#');
        if (hash > 0) {
            int bracket = path.indexOf('[');
            Object map = field(Class.forName(path.substring(0, hash)), path.substring(hash + 1, bracket)).get(null);
            return ((Map<?, ?>) map).get(path.substring(bracket + 1, path.length() - 1));
        }
        String[] steps = path.split("\\.");
        Object at = steps[0].equals("this") ? self : argument;
        for (int i = 1; i < steps.length && at != null; i++) {
            at = field(at.getClass(), steps[i]).get(at);
        }
        return at;
    }

    private static Field field(Class<?> type, String name) {
        return FIELDS.computeIfAbsent(type.getName() + "." + name, key -> {
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                for (Field field : at.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return field;
                    }
                }
            }
            throw new IllegalStateException("no field " + key);
        });
    }
}
