package io.usr1.weaver.code;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * The classes of one loader as trees, read once each. Classes of the JDK are read from the JVM that runs: the target's
 * classes are linked against no other. Names are internal ({@code java/lang/Object}). One thread.
 */
public final class Classes {

    /** From this version on the JVM knows nest mates. */
    private static final int NESTS = Opcodes.V11;

    private final Function<String, byte[]> source;
    private final Map<String, Optional<ClassNode>> read = new HashMap<>();
    private final Map<String, Optional<Head>> heads = new HashMap<>();
    private final Map<MethodNode, MethodCode> codes = new IdentityHashMap<>();
    private final Map<String, Boolean> mayCall = new HashMap<>();
    private final Map<ClassNode, Mentions> mentions = new IdentityHashMap<>();

    /** @param source bytes by binary name, null for a class that it does not have */
    public Classes(Function<String, byte[]> source) {
        this.source = source;
    }

    /** A field or method with the class that declares it. */
    public record Field(ClassNode owner, FieldNode node) {
        public boolean is(int access) {
            return (node.access & access) != 0;
        }
    }

    /** As {@link Field}, for a method. */
    public record Method(ClassNode owner, MethodNode node) {
        public boolean is(int access) {
            return (node.access & access) != 0;
        }
    }

    /**
     * What a class is below, all that a verifier asks of most.
     *
     * @param superName null for {@code java/lang/Object} alone
     */
    record Head(String superName, boolean isInterface) {
    }

    /** Null for a class that cannot be read; without a look at its code. */
    Head head(String internalName) {
        return heads.computeIfAbsent(internalName, name -> {
            Optional<ClassNode> whole = read.get(name);
            if (whole != null) {
                return whole.map(type -> new Head(type.superName, (type.access & Opcodes.ACC_INTERFACE) != 0));
            }
            byte[] bytes = bytes(name);
            return Optional.ofNullable(bytes).map(ClassReader::new).map(type -> new Head(type.getSuperName(), (type.getAccess() & Opcodes.ACC_INTERFACE) != 0));
        }).orElse(null);
    }

    public Optional<ClassNode> find(String internalName) {
        return read.computeIfAbsent(internalName, name -> {
            byte[] bytes = bytes(name);
            return bytes == null ? Optional.empty() : Optional.of(parse(bytes));
        });
    }

    /** The tree that proof and weave both number instructions by: frames expanded, debug information kept. */
    public static ClassNode parse(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.EXPAND_FRAMES);
        return node;
    }

    /**
     * One of the methods read here, analysed once however often it is asked for: the trees do not change.
     *
     * @throws AnalyzerException if the code cannot be followed: jsr/ret, or not valid
     */
    public MethodCode code(ClassNode owner, MethodNode method) throws AnalyzerException {
        MethodCode code = codes.get(method);
        if (code == null) {
            code = MethodCode.of(this, owner, method);
            codes.put(method, code);
        }
        return code;
    }

    /** What the code of a class names; looked through once. */
    public Mentions mentions(ClassNode type) {
        return mentions.computeIfAbsent(type, Mentions::new);
    }

    /** The field that {@code owner.name} means: the class itself, then its superclasses. */
    public Optional<Field> field(String owner, String name) {
        for (Optional<ClassNode> type = find(owner); type.isPresent(); type = superclass(type.get())) {
            for (FieldNode node : type.get().fields) {
                if (node.name.equals(name)) {
                    return Optional.of(new Field(type.get(), node));
                }
            }
        }
        return Optional.empty();
    }

    /** The method that a call of {@code owner.name} selects in the class or its superclasses; not in interfaces. */
    public Optional<Method> method(String owner, String name, String descriptor) {
        for (Optional<ClassNode> type = find(owner); type.isPresent(); type = superclass(type.get())) {
            for (MethodNode node : type.get().methods) {
                if (node.name.equals(name) && node.desc.equals(descriptor)) {
                    return Optional.of(new Method(type.get(), node));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether what a call on the class runs may itself call a method of that name. A class that was not read yet is not read for it. */
    public boolean mayCall(String owner, String name) {
        return mayCall.computeIfAbsent(owner + ' ' + name, first -> {
            String at = owner;
            while (at != null) {
                Optional<ClassNode> known = read.get(at);
                byte[] bytes = known == null ? bytes(at) : null;
                // Of code with subroutines the analysis says that it cannot follow it.
                boolean may = known == null ? bytes == null || NamedIn.file(bytes, name)
                        : known.filter(type -> (type.version & 0xFFFF) >= Opcodes.V1_7 && !mentions(type).names(name)).isEmpty();
                if (may) {
                    return true;
                }
                at = known == null ? new ClassReader(bytes).getSuperName() : known.get().superName;
            }
            return false;
        });
    }

    /** The one method that this call can run; empty if it is virtual and may be overridden, or cannot be read. */
    public Optional<Method> bound(MethodInsnNode call) {
        Optional<Method> found = method(call.owner, call.name, call.desc);
        int opcode = call.getOpcode();
        if (found.isEmpty() || found.get().is(Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) {
            return Optional.empty();
        }
        boolean fixed = opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL
                || found.get().is(Opcodes.ACC_FINAL | Opcodes.ACC_PRIVATE)
                || find(call.owner).filter(type -> (type.access & Opcodes.ACC_FINAL) != 0).isPresent();
        return fixed ? found : Optional.empty();
    }

    /** The field that the call reads, if it is to one of javac's accessors for nested classes ({@code access$000}); else null. */
    public FieldInsnNode accessed(MethodInsnNode call) {
        if (call.getOpcode() != Opcodes.INVOKESTATIC || !call.name.startsWith("access$")) {
            return null;
        }
        return method(call.owner, call.name, call.desc).map(this::accessor).orElse(null);
    }

    /** The field that such an accessor reads and returns; null if the method is none. */
    public FieldInsnNode accessor(Method method) {
        boolean named = method.is(Opcodes.ACC_SYNTHETIC) && method.is(Opcodes.ACC_STATIC) && method.node().name.startsWith("access$");
        FieldInsnNode read = null;
        int loaded = 0;
        for (AbstractInsnNode insn : named ? method.node().instructions : new InsnList()) {
            int opcode = insn.getOpcode();
            loaded += opcode == Opcodes.ALOAD ? 1 : 0;
            if (insn instanceof FieldInsnNode field && read == null && (opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC)) {
                read = field;
            } else if (opcode >= 0 && opcode != Opcodes.ALOAD && (opcode < Opcodes.IRETURN || opcode > Opcodes.ARETURN)) {
                return null;
            }
        }
        // Nothing else on the stack that could be returned instead.
        int arguments = Type.getArgumentTypes(method.node().desc).length;
        boolean plain = read != null && arguments < 2 && loaded == arguments && (arguments == 0) == (read.getOpcode() == Opcodes.GETSTATIC);
        return plain ? read : null;
    }

    /** All supertypes that can be read, nearest first, and the names of those that cannot. */
    public Set<String> supertypes(ClassNode type) {
        Set<String> names = new LinkedHashSet<>();
        collect(type, names);
        return names;
    }

    /** The class and those that the JVM lets at its private members. */
    public List<ClassNode> nest(ClassNode type) {
        ClassNode host = type.nestHostClass == null ? type : find(type.nestHostClass).orElse(type);
        List<ClassNode> mates = new ArrayList<>(List.of(host));
        if (host.version >= NESTS && host.nestMembers != null) {
            host.nestMembers.forEach(member -> find(member).ifPresent(mates::add));
        }
        return mates;
    }

    /** The class and all that are compiled into it: nested, local and anonymous ones, whatever the class file's version. */
    public Set<ClassNode> family(ClassNode type) {
        Set<ClassNode> family = new LinkedHashSet<>(nest(type));
        inner(type.nestHostClass == null ? type : find(type.nestHostClass).orElse(type), family);
        return family;
    }

    private void inner(ClassNode type, Set<ClassNode> family) {
        family.add(type);
        type.innerClasses.stream().filter(inner -> inner.name.startsWith(type.name + "$"))
                .forEach(inner -> find(inner.name).filter(found -> !family.contains(found)).ifPresent(found -> inner(found, family)));
    }

    private Optional<ClassNode> superclass(ClassNode type) {
        return type.superName == null ? Optional.empty() : find(type.superName);
    }

    private void collect(ClassNode type, Set<String> names) {
        List<String> direct = new ArrayList<>(type.interfaces);
        if (type.superName != null) {
            direct.add(0, type.superName);
        }
        for (String name : direct) {
            if (names.add(name)) {
                find(name).ifPresent(found -> collect(found, names));
            }
        }
    }

    private byte[] bytes(String internalName) {
        if (!internalName.startsWith("java/")) {
            return source.apply(internalName.replace('/', '.'));
        }
        try (InputStream in = Object.class.getResourceAsStream("/" + internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            return null;
        }
    }
}
