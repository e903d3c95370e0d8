package io.usr1.weaver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;

/** Run in a forked JVM: weaves each shape from class files in a folder and compares it with the original. */
final class ShapeMain {

    private ShapeMain() {
    }

    public static void main(String[] args) throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("shapes.")).toList()) {
                classes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        StringBuilder same = new StringBuilder();
        for (char shape : ShapeTarget.BYPASSED.toCharArray()) {
            Gate gate = Gates.create("shapes", "test", Mode.BYPASS);
            Plan plan = (Plan) Prover.prove(ShapeTarget.of(shape), classes::get);
            plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
            Map<String, byte[]> woven = new HashMap<>(classes);
            plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, classes.get(name), gate.number())));
            if (run(loader(classes), shape).equals(run(loader(woven), shape)) && gate.state().equals("open")) {
                same.append(shape);
            }
        }
        System.out.println("same: " + same);
    }

    static String run(ClassLoader loader, char shape) throws ReflectiveOperationException {
        return (String) loader.loadClass("shapes.Driver").getMethod("run", char.class).invoke(null, shape);
    }

    private static ClassLoader loader(Map<String, byte[]> classes) {
        return new ClassLoader(ShapeMain.class.getClassLoader()) {
            @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
