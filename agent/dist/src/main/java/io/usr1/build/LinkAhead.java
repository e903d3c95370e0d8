package io.usr1.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Replaces what {@code invokedynamic} would link at run time. For a lambda the JVM spins a class with the help of method
 * handles, all of it interpreted while the application starts: five hundred of them cost more than everything else that the
 * agent does then. A class that is in the jar costs a fraction of that.
 */
public final class LinkAhead {

    /** Class files before that know no nest, and the bodies of lambdas are private. */
    private static final int NESTS = Opcodes.V11;

    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Map<String, Lambdas> lambdas = new LinkedHashMap<>();

    private LinkAhead(Collection<byte[]> files) {
        for (byte[] file : files) {
            ClassNode node = new ClassNode();
            new ClassReader(file).accept(node, 0);
            classes.put(node.name, node);
        }
    }

    /** @param args a directory with classes, changed in place */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(file -> file.toString().endsWith(".class"))::iterator) {
                files.add(Files.readAllBytes(path));
            }
        }
        for (Map.Entry<String, byte[]> linked : link(files).entrySet()) {
            Files.write(root.resolve(linked.getKey() + ".class"), linked.getValue());
        }
    }

    /** The classes that changed and those that are new, by internal name. */
    static Map<String, byte[]> link(Collection<byte[]> files) {
        return new LinkAhead(files).link();
    }

    private Map<String, byte[]> link() {
        List<ClassNode> changed = new ArrayList<>();
        for (ClassNode type : classes.values()) {
            if (type.version >= NESTS && linked(type)) {
                changed.add(type);
            }
        }
        for (Lambdas made : lambdas.values()) {
            for (ClassNode type : made.classes()) {
                changed.add(type);
                ClassNode host = made.host();
                host.nestMembers = host.nestMembers == null ? new ArrayList<>() : host.nestMembers;
                host.nestMembers.add(type.name);
                if (!changed.contains(host)) {
                    changed.add(host);
                }
            }
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (ClassNode type : changed) {
            // Frames stay those of the compiler, and what is added has none.
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            type.accept(writer);
            files.put(type.name, writer.toByteArray());
        }
        return files;
    }

    private boolean linked(ClassNode type) {
        boolean changed = false;
        for (MethodNode method : List.copyOf(type.methods)) {
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                MethodInsnNode call = insn instanceof InvokeDynamicInsnNode site ? call(type, site) : null;
                if (call != null) {
                    method.instructions.set(insn, call);
                    changed = true;
                }
            }
        }
        return changed;
    }

    /** What does the same without linking; null if nothing is known to. */
    private MethodInsnNode call(ClassNode type, InvokeDynamicInsnNode site) {
        Handle bootstrap = site.bsm;
        if (bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods")) {
            return RecordMethods.add(type, site);
        }
        if (bootstrap.getName().equals("makeConcatWithConstants")) {
            return Concatenation.add(type, site);
        }
        if (!bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory") || !bootstrap.getName().equals("metafactory")) {
            return null;
        }
        ClassNode host = type.nestHostClass == null ? type : classes.get(type.nestHostClass);
        return lambdas.computeIfAbsent(host.name, name -> new Lambdas(host)).add(site);
    }
}
