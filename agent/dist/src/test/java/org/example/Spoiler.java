package org.example;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;

/** An agent that makes one class no longer final whenever it is to be transformed again, which no JVM takes. */
public final class Spoiler implements ClassFileTransformer {

    private static final int ACC_FINAL = 0x10;

    private Spoiler() {
    }

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Spoiler(), true);
    }

    @Override public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        return redefined != null && name.equals("org/example/pool/Wake") ? spoiled(bytes.clone()) : null;
    }

    /** The class's access flags follow the constants. */
    private static byte[] spoiled(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).position(8);
        int constants = file.getShort();
        for (int i = 1; i < constants; i++) {
            int tag = file.get();
            int size = switch (tag) {
                case 1 -> file.getShort();
                case 7, 8, 16, 19, 20 -> 2;
                case 15 -> 3;
                case 5, 6 -> 8;
                default -> 4;
            };
            file.position(file.position() + size);
            i += size == 8 && tag != 1 ? 1 : 0;
        }
        file.putShort(file.position(), (short) (file.getShort(file.position()) & ~ACC_FINAL));
        return bytes;
    }
}
