import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/** Changes one class of the pool a little, as any agent may: the name of its source file. Never asked to do it again. */
public final class ByteChangeAgent implements ClassFileTransformer {

    private static final String CLASS = "IdleConns";

    public static void premain(String unused, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ByteChangeAgent());
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (!("sample/proxy/" + CLASS).equals(name)) {
            return null;
        }
        // One byte is one character in this encoding, there and back.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace(CLASS + ".java", CLASS + ".kava").getBytes(StandardCharsets.ISO_8859_1);
    }
}
