package io.usr1.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The lambdas and method references of one nest, which become classes beside it. */
final class Lambdas {

    private final ClassNode host;
    private final Map<String, LambdaClass> classes = new LinkedHashMap<>();

    Lambdas(ClassNode host) {
        this.host = host;
    }

    ClassNode host() {
        return host;
    }

    List<ClassNode> classes() {
        return classes.values().stream().map(LambdaClass::node).toList();
    }

    /**
     * The call that makes an object of that lambda. All whose interface is one of the JDK's own functions are one class: each class costs
     * a start a little, and no two of these have a default method that another one of them has otherwise.
     */
    MethodInsnNode add(InvokeDynamicInsnNode site) {
        boolean function = Type.getReturnType(site.desc).getInternalName().startsWith("java/util/function/");
        String name = host.name + "$$" + (function ? "" : String.valueOf(classes.size() + 1));
        return classes.computeIfAbsent(name, first -> new LambdaClass(host, name)).add(site);
    }
}
