package io.usr1.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** What was linked ahead does what the JVM would have linked. */
class LinkAheadTest {

    @Test void everyShapeDoesTheSame() throws Exception {
        Map<String, byte[]> classes = shapes();
        List<Object> before = run(classes);
        classes.putAll(LinkAhead.link(classes.values()));
        assertFalse(classes.values().stream().anyMatch(LinkAheadTest::isDynamic), "something is still linked at run time");
        assertEquals(new Shapes().get(), before);
        assertEquals(before, run(classes));
    }

    @Test void whatIsLinkedTwiceIsLinkedOnce() throws IOException {
        Map<String, byte[]> classes = shapes();
        classes.putAll(LinkAhead.link(classes.values()));
        assertEquals(Map.of(), LinkAhead.link(classes.values()));
    }

    @Test void theShapesAreDynamicAsTheyAreCompiled() throws IOException {
        assertTrue(shapes().values().stream().anyMatch(LinkAheadTest::isDynamic));
    }

    private static Map<String, byte[]> shapes() throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        Path here = Path.of(java.net.URI.create(Shapes.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        try (Stream<Path> files = Files.walk(here.resolve("io/usr1/build"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("Shapes")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                classes.put(new ClassReader(bytes).getClassName(), bytes);
            }
        }
        return classes;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> run(Map<String, byte[]> classes) throws Exception {
        ClassLoader loader = new ClassLoader(LinkAheadTest.class.getClassLoader()) {
            @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                byte[] bytes = classes.get(name.replace('.', '/'));
                Class<?> known = findLoadedClass(name);
                return known != null ? known : bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
            }
        };
        Object shapes = loader.loadClass(Shapes.class.getName()).getConstructor().newInstance();
        assertTrue(shapes.getClass() != Shapes.class);
        return new ArrayList<>(((Supplier<List<Object>>) shapes).get());
    }

    private static boolean isDynamic(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        return type.methods.stream().flatMap(method -> Stream.of(method.instructions.toArray())).anyMatch(insn -> insn.getOpcode() == Opcodes.INVOKEDYNAMIC);
    }
}
