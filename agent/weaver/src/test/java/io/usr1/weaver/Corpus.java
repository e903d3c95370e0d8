package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetReader;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The shapes in the corpus' class files: each says in an annotation what is to come of it. */
final class Corpus {

    private static final String TARGET = """
            target: corpus
            package: corpus
            carrier: { class: Handle, new: not-idle }
            ownership: { replaces-carrier: { carrier-field: Conn.handle, context-field: Handle.context, takeover: Base#takeover } }
            locks:
              guard: { kind: reentrant, field: Base.guard }
              it: %s
            set:
              - { method: Base#insert, at: entry, carrier: arg0.handle }
            clear:
              - { method: Base#attach, at: exit, carrier: arg0.handle }
            """;
    private static final String REGION = """
            region:
              - { method: %s, role: wake, carrier: arg%d, lock: it,
                  when-clear: [ { field: Handle.context, is: not-null }, %s ] }
            """;
    private static final String OBSERVE = """
            observe:
              - { role: get, method: %s, lock: it }
            """;
    private static final String LISTED = "{ call: Conn#isListed, is: \"false\" }";

    private Corpus() {
    }

    /** What is to come of a shape. */
    enum Expected {
        BYPASSED, REFUSED, OBSERVED, NOT_OBSERVED
    }

    /** @param found how a refusal's finding begins; empty if there is to be none */
    record Shape(String family, String name, Expected expected, String found, String yaml) {

        Target target() throws TargetException {
            return TargetReader.read(name + ".yaml", yaml);
        }
    }

    /** The shapes of one compiler's classes. */
    static List<Shape> shapes(Map<String, byte[]> classes) {
        List<Shape> shapes = new ArrayList<>();
        classes.forEach((name, bytes) -> {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            for (MethodNode method : type.methods) {
                for (AnnotationNode annotation : method.invisibleAnnotations == null ? List.<AnnotationNode>of() : method.invisibleAnnotations) {
                    shapes.add(shape(type, method, annotation));
                }
            }
        });
        return shapes;
    }

    private static Shape shape(ClassNode type, MethodNode method, AnnotationNode annotation) {
        String family = type.name.substring("corpus/".length());
        String where = family + "#" + method.name;
        String kind = annotation.desc.substring("Lcorpus/".length(), annotation.desc.length() - 1);
        String lock = value(annotation, annotation.values.contains("value") ? "value" : "lock");
        String head = TARGET.formatted(lock);
        String region = head + REGION.formatted(where, carrier(method), annotation.values.contains("asks") ? value(annotation, "asks") : LISTED);
        String found = annotation.values.contains("found") ? value(annotation, "found") : "";
        boolean nameless = (method.access & Opcodes.ACC_STATIC) != 0 && (method.access & Opcodes.ACC_SYNCHRONIZED) != 0 && (type.version & 0xFFFF) < Opcodes.V1_5;
        if (nameless) {
            return new Shape(family, method.name, Expected.REFUSED, "a static synchronized method in a class file older than Java 5",
                    kind.equals("Bypassed") ? region : head + OBSERVE.formatted(where));
        }
        // Who overrides is asked with a class literal, which older class files cannot say.
        if (lock.contains("Owns#open") && (type.version & 0xFFFF) < Opcodes.V1_5) {
            return new Shape(family, method.name, Expected.REFUSED, "a method that may be overridden", region);
        }
        return switch (kind) {
            case "Bypassed" -> new Shape(family, method.name, Expected.BYPASSED, "", region);
            case "Refused" -> new Shape(family, method.name, Expected.REFUSED, found, region);
            case "Observed" -> new Shape(family, method.name, Expected.OBSERVED, "", head + OBSERVE.formatted(where));
            default -> new Shape(family, method.name, Expected.NOT_OBSERVED, found, head + OBSERVE.formatted(where));
        };
    }

    private static int carrier(MethodNode method) {
        Type[] arguments = Type.getArgumentTypes(method.desc);
        int index = 0;
        while (index < arguments.length && !arguments[index].getDescriptor().equals("Lcorpus/Handle;")) {
            index++;
        }
        return index;
    }

    private static String value(AnnotationNode annotation, String key) {
        return (String) annotation.values.get(annotation.values.indexOf(key) + 1);
    }
}
