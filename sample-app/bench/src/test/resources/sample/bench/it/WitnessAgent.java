import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Attached again and again: the first times it has the pool's classes retransformed and looks at their bytes as the last
 * transformer, which the JVM then runs; with {@code last} it asks for nothing and tells what it saw last.
 */
public final class WitnessAgent implements ClassFileTransformer {

    private static final Map<String, byte[]> SEEN = new ConcurrentHashMap<>();
    private static WitnessAgent current;

    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        if (!arguments.startsWith("last:")) {
            if (current != null) {
                instrumentation.removeTransformer(current);
            }
            current = new WitnessAgent();
            instrumentation.addTransformer(current, true);
            instrumentation.retransformClasses(Stream.of(instrumentation.getAllLoadedClasses())
                    .filter(type -> type.getName().startsWith("sample.proxy.") && instrumentation.isModifiableClass(type)).toArray(Class<?>[]::new));
        }
        try (PrintStream out = new PrintStream(arguments.substring(arguments.indexOf(':') + 1), "UTF-8")) {
            for (Map.Entry<String, byte[]> seen : new TreeMap<>(SEEN).entrySet()) {
                out.println(seen.getKey() + " " + new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(seen.getValue())).toString(16));
            }
        }
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (redefined != null && name.startsWith("sample/proxy/")) {
            SEEN.put(name, bytes);
        }
        return null;
    }
}
