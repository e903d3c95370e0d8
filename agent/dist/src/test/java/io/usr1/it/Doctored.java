package io.usr1.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A copy of the agent's jar in which one method does nothing but throw, or nothing: a fault that no option of the product could bring about. */
final class Doctored {

    static final String SAYS = "this step fails";

    private Doctored() {
    }

    /**
     * @param method {@code io/usr1/agent/Core.start}; all of that name throw
     * @param fault  null to have a void method do nothing
     */
    static Path jar(Path folder, String method, Class<? extends Throwable> fault) throws IOException {
        int dot = method.lastIndexOf('.');
        String file = method.substring(0, dot) + ".class";
        Path made = Files.createDirectories(folder.resolve("doctored")).resolve("usr1-agent.jar");
        int changed = 0;
        try (JarFile jar = new JarFile(AgentJarIT.JAR); OutputStream out = Files.newOutputStream(made); JarOutputStream packed = new JarOutputStream(out)) {
            for (JarEntry entry : jar.stream().toList()) {
                packed.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    boolean hit = entry.getName().endsWith(file);
                    packed.write(hit ? failing(bytes, method.substring(dot + 1), fault) : bytes);
                    changed += hit ? 1 : 0;
                }
            }
        }
        if (changed != 1) {
            throw new AssertionError(changed + " entries end with " + file);
        }
        return made;
    }

    private static byte[] failing(byte[] bytes, String method, Class<? extends Throwable> fault) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int[] hits = new int[1];
        new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                if (!name.equals(method)) {
                    return next;
                }
                hits[0]++;
                next.visitCode();
                if (fault == null) {
                    next.visitInsn(Opcodes.RETURN);
                } else {
                    raise(next, fault.getName().replace('.', '/'));
                }
                next.visitMaxs(0, 0);
                next.visitEnd();
                return null;
            }
        }, 0);
        if (hits[0] == 0) {
            throw new AssertionError("no method " + method);
        }
        return writer.toByteArray();
    }

    private static void raise(MethodVisitor method, String type) {
        method.visitTypeInsn(Opcodes.NEW, type);
        method.visitInsn(Opcodes.DUP);
        method.visitLdcInsn(SAYS);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "(Ljava/lang/String;)V", false);
        method.visitInsn(Opcodes.ATHROW);
    }
}
