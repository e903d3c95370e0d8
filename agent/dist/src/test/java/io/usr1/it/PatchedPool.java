package io.usr1.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class of a JDK, as its own image has it, rewritten for {@code --patch-module}. */
record PatchedPool(String module, String name) {

    private static final String COUNTER = "Ljava/util/concurrent/atomic/AtomicLong;";

    /** What {@code --patch-module} is given. Each acquisition, of whatever monitor or ReentrantLock, counts in a public static field COUNTED of the class. */
    String counting(Jdk jdk, Path folder) throws IOException {
        return write(jdk, folder, writer -> new ClassVisitor(Opcodes.ASM9, writer) {
            @Override public void visit(int version, int access, String type, String signature, String parent, String[] interfaces) {
                super.visit(version, access | Opcodes.ACC_PUBLIC, type, signature, parent, interfaces);
                super.visitField(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "COUNTED", COUNTER, null, null);
            }

            @Override public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
                return new Acquisitions(super.visitMethod(access, method, descriptor, signature, exceptions), name, access, method);
            }
        });
    }

    /** A version that no target knows: its lock is called something else. */
    String renamed(Jdk jdk, Path folder, String lock) throws IOException {
        return write(jdk, folder, writer -> new ClassVisitor(Opcodes.ASM9, writer) {
            @Override public org.objectweb.asm.FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
                return super.visitField(access, other(field), descriptor, signature, value);
            }

            @Override public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, method, descriptor, signature, exceptions)) {
                    @Override public void visitFieldInsn(int opcode, String owner, String field, String type) {
                        super.visitFieldInsn(opcode, owner, other(field), type);
                    }
                };
            }

            private String other(String field) {
                return field.equals(lock) ? "anotherLock" : field;
            }
        });
    }

    private interface Rewriting {
        ClassVisitor of(ClassWriter writer);
    }

    private String write(Jdk jdk, Path folder, Rewriting rewriting) throws IOException {
        byte[] bytes;
        try (FileSystem image = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", jdk.home().toString()))) {
            bytes = Files.readAllBytes(image.getPath("modules", module, name + ".class"));
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(rewriting.of(writer), 0);
        Path root = folder.resolve("patch-" + jdk);
        Path file = root.resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, writer.toByteArray());
        return "--patch-module=" + module + "=" + root;
    }

    private static final class Acquisitions extends MethodVisitor {

        private final String owner;
        private final int access;
        private final String method;

        Acquisitions(MethodVisitor next, String owner, int access, String method) {
            super(Opcodes.ASM9, next);
            this.owner = owner;
            this.access = access;
            this.method = method;
        }

        @Override public void visitCode() {
            super.visitCode();
            if (method.equals("<clinit>")) {
                super.visitTypeInsn(Opcodes.NEW, "java/util/concurrent/atomic/AtomicLong");
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/util/concurrent/atomic/AtomicLong", "<init>", "()V", false);
                super.visitFieldInsn(Opcodes.PUTSTATIC, owner, "COUNTED", COUNTER);
            } else if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                count();
            }
        }

        @Override public void visitInsn(int opcode) {
            super.visitInsn(opcode);
            if (opcode == Opcodes.MONITORENTER) {
                count();
            }
        }

        @Override public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean isInterface) {
            super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
            if (type.equals("java/util/concurrent/locks/ReentrantLock") && name.equals("lock")) {
                count();
            }
        }

        private void count() {
            super.visitFieldInsn(Opcodes.GETSTATIC, owner, "COUNTED", COUNTER);
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/util/concurrent/atomic/AtomicLong", "incrementAndGet", "()J", false);
            super.visitInsn(Opcodes.POP2);
        }
    }
}
