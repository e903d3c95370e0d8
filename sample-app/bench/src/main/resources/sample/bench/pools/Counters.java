package pools;

import java.util.List;

/** What the agent counted, read from its runtime by reflection: this class also runs where there is no agent. */
final class Counters {

    private final long bypassed;
    private final long needless;
    private final long guarded;

    private Counters(long bypassed, long needless, long guarded) {
        this.bypassed = bypassed;
        this.needless = needless;
        this.guarded = guarded;
    }

    static Counters now() throws ReflectiveOperationException {
        return new Counters(sum("bypassedCount"), sum("needlessCount"), sum("guardedCount"));
    }

    static void print(String phase) throws ReflectiveOperationException {
        new Counters(0, 0, 0).printSince(phase);
        System.out.println(phase + "-violations " + gates("violations"));
    }

    void printSince(String phase) throws ReflectiveOperationException {
        Counters now = now();
        System.out.println(phase + "-bypassed " + (now.bypassed - bypassed));
        System.out.println(phase + "-needless " + (now.needless - needless));
        System.out.println(phase + "-guarded " + (now.guarded - guarded));
        System.out.println(phase + "-shut " + shut());
        System.out.println(phase + "-sites " + sites());
    }

    /** Switches all gates, and waits until they follow or are shut for good. */
    static void mode(String mode) throws ReflectiveOperationException {
        System.setProperty("usr1.mode", mode);
        for (Object gate : all()) {
            while (call(gate, "shutReason") == null && !call(gate, "state").equals("open")) {
                PoolRun.pause();
            }
        }
    }

    private static long sum(String counter) throws ReflectiveOperationException {
        long sum = 0;
        for (Object gate : all()) {
            for (Object site : (List<?>) call(gate, "sites")) {
                sum += (Long) call(site, counter);
            }
        }
        return sum;
    }

    private static long gates(String counter) throws ReflectiveOperationException {
        long sum = 0;
        for (Object gate : all()) {
            sum += (Long) call(gate, counter);
        }
        return sum;
    }

    private static long shut() throws ReflectiveOperationException {
        long shut = 0;
        for (Object gate : all()) {
            shut += call(gate, "shutReason") == null ? 0 : 1;
        }
        return shut;
    }

    private static long sites() throws ReflectiveOperationException {
        long sites = 0;
        for (Object gate : all()) {
            sites += ((List<?>) call(gate, "sites")).size();
        }
        return sites;
    }

    private static List<?> all() throws ReflectiveOperationException {
        try {
            return (List<?>) Class.forName("io.usr1.runtime.Gates", true, null).getMethod("all").invoke(null);
        } catch (ClassNotFoundException withoutAgent) {
            return List.of();
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
