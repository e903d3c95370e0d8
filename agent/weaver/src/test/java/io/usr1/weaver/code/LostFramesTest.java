package io.usr1.weaver.code;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The class file stands in for what runs only if nothing but its frames is more. */
class LostFramesTest {

    private final byte[] file = file();

    LostFramesTest() throws IOException {
    }

    @Test void aClassWithoutItsFramesGetsThemBack() {
        assertSame(file, LostFrames.restored(without(0), file));
    }

    @Test void aClassThatHasItsFramesIsWhatRuns() {
        byte[] running = file.clone();
        assertSame(running, LostFrames.restored(running, file));
    }

    @Test void whatAnotherAgentChangedIsWhatRuns() {
        byte[] running = without(1);
        assertSame(running, LostFrames.restored(running, file));
        assertSame(running, LostFrames.restored(running, null));
    }

    /** As a JVM puts it together that keeps no frames. */
    private byte[] without(int more) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file).accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                    @Override public void visitIincInsn(int variable, int increment) {
                        super.visitIincInsn(variable, increment + more);
                    }
                };
            }
        }, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    private static byte[] file() throws IOException {
        try (InputStream in = Sample.class.getResourceAsStream("LostFramesTest$Sample.class")) {
            return in.readAllBytes();
        }
    }

    /** Jumps, a handler, a constant and a counter. */
    static final class Sample {
        static int count(String text) {
            int count = 0;
            try {
                for (int i = 0; i < text.length(); i++) {
                    count += text.charAt(i) == 'x' ? 1 : 0;
                }
            } catch (IllegalStateException e) {
                throw new IllegalArgumentException("no", e);
            }
            return count;
        }
    }
}
