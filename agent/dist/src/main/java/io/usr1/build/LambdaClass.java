package io.usr1.build;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class that stands for several lambdas of a nest, whose private members it may call. An object of it is one of them and
 * knows which; those that are called by the same method share it.
 */
final class LambdaClass {

    private static final String MADE = "made";
    private static final String WHICH = "which";

    private final ClassNode host;
    private final Type self;
    private final ClassNode type = new ClassNode();
    private final List<InvokeDynamicInsnNode> sites = new ArrayList<>();
    private final Map<Method, List<InvokeDynamicInsnNode>> called = new LinkedHashMap<>();
    /** By descriptor and a number: two lambdas keep what they captured in the same fields, as far as the types go. */
    private final Map<String, String> fields = new LinkedHashMap<>();

    LambdaClass(ClassNode host, String name) {
        this.host = host;
        this.self = Type.getObjectType(name);
    }

    /** One more lambda, and the call that makes an object of it. */
    MethodInsnNode add(InvokeDynamicInsnNode site) {
        sites.add(site);
        called.computeIfAbsent(new Method(site.name, ((Type) site.bsmArgs[0]).getDescriptor()), first -> new ArrayList<>()).add(site);
        return new MethodInsnNode(INVOKESTATIC, self.getInternalName(), MADE + sites.size(), site.desc, false);
    }

    /** With all that were added; to be asked once. */
    ClassNode node() {
        String[] interfaces = sites.stream().map(site -> Type.getReturnType(site.desc).getInternalName()).distinct().toArray(String[]::new);
        type.visit(host.version, ACC_FINAL | ACC_SYNTHETIC, self.getInternalName(), null, "java/lang/Object", interfaces);
        type.nestHostClass = host.name;
        type.visitField(ACC_PRIVATE | ACC_FINAL, WHICH, "I", null, null);
        sites.forEach(this::constructor);
        sites.forEach(this::maker);
        called.forEach(this::method);
        return type;
    }

    private Method constructor(InvokeDynamicInsnNode site) {
        Type[] captured = Type.getArgumentTypes(site.desc);
        Method constructor = new Method("<init>", "(I" + site.desc.substring(1, site.desc.indexOf(')')) + ")V");
        if (type.methods.stream().anyMatch(known -> known.name.equals("<init>") && known.desc.equals(constructor.getDescriptor()))) {
            return constructor;
        }
        GeneratorAdapter code = new GeneratorAdapter(ACC_PRIVATE, constructor, made(ACC_PRIVATE, constructor));
        code.loadThis();
        code.invokeConstructor(Type.getType(Object.class), Method.getMethod("void <init> ()"));
        code.loadThis();
        code.loadArg(0);
        code.putField(self, WHICH, Type.INT_TYPE);
        List<String> names = fields(captured);
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.loadArg(i + 1);
            code.putField(self, names.get(i), captured[i]);
        }
        code.returnValue();
        code.endMethod();
        return constructor;
    }

    private void maker(InvokeDynamicInsnNode site) {
        Method maker = new Method(MADE + (sites.indexOf(site) + 1), site.desc);
        GeneratorAdapter code = new GeneratorAdapter(ACC_STATIC, maker, made(ACC_STATIC, maker));
        code.newInstance(self);
        code.dup();
        code.push(called.values().stream().filter(together -> together.contains(site)).findFirst().orElseThrow().indexOf(site));
        code.loadArgs();
        code.invokeConstructor(self, constructor(site));
        code.returnValue();
        code.endMethod();
    }

    private void method(Method method, List<InvokeDynamicInsnNode> together) {
        MethodNode node = made(ACC_PUBLIC, method);
        GeneratorAdapter code = new GeneratorAdapter(ACC_PUBLIC, method, node);
        Label[] places = together.stream().map(site -> new Label()).toArray(Label[]::new);
        if (together.size() > 1) {
            code.loadThis();
            code.getField(self, WHICH, Type.INT_TYPE);
            code.visitTableSwitchInsn(0, places.length - 1, places[places.length - 1], places);
        }
        for (int i = 0; i < places.length; i++) {
            code.mark(places[i]);
            if (together.size() > 1) {
                node.instructions.add(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
            }
            LambdaBody.write(code, self, fields(Type.getArgumentTypes(together.get(i).desc)), together.get(i));
        }
        code.endMethod();
    }

    private List<String> fields(Type[] captured) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Type one : captured) {
            String key = one.getDescriptor() + seen.merge(one.getDescriptor(), 1, Integer::sum);
            names.add(fields.computeIfAbsent(key, first -> {
                String name = "c" + fields.size();
                type.visitField(ACC_PRIVATE | ACC_FINAL, name, one.getDescriptor(), null, null);
                return name;
            }));
        }
        return names;
    }

    private MethodNode made(int access, Method method) {
        MethodNode node = new MethodNode(Opcodes.ASM9, access, method.getName(), method.getDescriptor(), null, null);
        type.methods.add(node);
        return node;
    }
}
