import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Site;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Asks for a retransformation of every class of the proxy, five times, each after some more bypasses; as the last agent it
 * sees the woven bytes and compares them with those of the time before. Complains on standard error if they differ;
 * makes a file at the end.
 */
public final class RetransformAgent implements ClassFileTransformer {

    private static final int TIMES = 5;
    private static final int BYPASSES_BETWEEN = 200;

    private final Map<String, byte[]> woven = new ConcurrentHashMap<>();
    private volatile String different;
    private volatile int seen;

    public static void premain(String doneFile, Instrumentation instrumentation) {
        RetransformAgent agent = new RetransformAgent();
        instrumentation.addTransformer(agent, true);
        Thread thread = new Thread(() -> agent.run(new File(doneFile), instrumentation), "retransform");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name != null && name.startsWith("sample/proxy/")) {
            byte[] before = woven.putIfAbsent(name, bytes);
            if (before != null) {
                seen++;
                if (!Arrays.equals(before, bytes)) {
                    different = name;
                }
            }
        }
        return null;
    }

    private void run(File done, Instrumentation instrumentation) {
        try {
            for (int i = 0; i < TIMES; i++) {
                awaitBypasses(bypassed() + BYPASSES_BETWEEN);
                instrumentation.retransformClasses(Stream.of(instrumentation.getAllLoadedClasses())
                        .filter(type -> type.getName().startsWith("sample.proxy.") && instrumentation.isModifiableClass(type))
                        .toArray(Class<?>[]::new));
            }
            awaitBypasses(bypassed() + BYPASSES_BETWEEN);
            if (different != null || seen < TIMES) {
                System.err.println("different: " + different + ", compared: " + seen);
            }
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
        }
        try {
            done.createNewFile();
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private static void awaitBypasses(long count) {
        while (bypassed() < count) {
            if (Gates.all().stream().anyMatch(gate -> gate.shutReason() != null)) {
                throw new IllegalStateException("nothing will be bypassed any more");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static long bypassed() {
        long sum = 0;
        for (Gate gate : Gates.all()) {
            for (Site site : gate.sites()) {
                sum += site.bypassedCount();
            }
        }
        return sum;
    }
}
