package sample.bench.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A library whose every acquisition, of whatever monitor or lock, says so to {@code sample.bench.real.Counted} before it is made: what the
 * agent counts is compared with that. It knows no targets, so an acquisition that a target leaves out is found.
 */
final class CountingJar {

    private static final Set<String> TAKES = Set.of("lock", "lockInterruptibly");
    private static final String COUNTED = "sample/bench/real/Counted";

    private CountingJar() {
    }

    /** Writes the jar anew, all its classes that lie under the prefix rewritten. */
    static Path write(Path jar, String prefix, Path copy) throws IOException {
        try (JarFile in = new JarFile(jar.toFile()); OutputStream file = Files.newOutputStream(copy); JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
                out.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream bytes = in.getInputStream(entry)) {
                    boolean rewritten = entry.getName().startsWith(prefix) && entry.getName().endsWith(".class");
                    out.write(rewritten ? counting(bytes.readAllBytes()) : bytes.readAllBytes());
                }
                out.closeEntry();
            }
        }
        return copy;
    }

    private static byte[] counting(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
                return new Acquisitions(super.visitMethod(access, name, descriptor, signature, exceptions), access, reader.getClassName());
            }
        }, 0);
        return writer.toByteArray();
    }

    private static final class Acquisitions extends MethodVisitor {

        /** A local variable beyond those of any method here. */
        private static final int FREE = 200;

        private final int access;
        private final String owner;

        Acquisitions(MethodVisitor next, int access, String owner) {
            super(Opcodes.ASM9, next);
            this.access = access;
            this.owner = owner;
        }

        @Override public void visitCode() {
            super.visitCode();
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                if ((access & Opcodes.ACC_STATIC) != 0) {
                    super.visitLdcInsn(Type.getObjectType(owner));
                } else {
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                }
                counted("taken", "(Ljava/lang/Object;)V");
            }
        }

        @Override public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                super.visitInsn(Opcodes.DUP);
                counted("taken", "(Ljava/lang/Object;)V");
            }
            super.visitInsn(opcode);
        }

        @Override public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean isInterface) {
            boolean ofLock = type.startsWith("java/util/concurrent/locks/");
            boolean tries = ofLock && name.equals("tryLock");
            if (ofLock && TAKES.contains(name) && descriptor.equals("()V")) {
                super.visitInsn(Opcodes.DUP);
                counted("taken", "(Ljava/lang/Object;)V");
            } else if (tries && descriptor.equals("()Z")) {
                super.visitInsn(Opcodes.DUP);
            } else if (tries) {
                super.visitVarInsn(Opcodes.ASTORE, FREE + 2);
                super.visitVarInsn(Opcodes.LSTORE, FREE);
                super.visitInsn(Opcodes.DUP);
                super.visitVarInsn(Opcodes.LLOAD, FREE);
                super.visitVarInsn(Opcodes.ALOAD, FREE + 2);
            }
            super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
            if (tries) {
                counted("tried", "(Ljava/lang/Object;Z)Z");
            }
        }

        private void counted(String name, String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTED, name, descriptor, false);
        }
    }
}
