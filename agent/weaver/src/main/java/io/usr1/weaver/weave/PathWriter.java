package io.usr1.weaver.weave;

import java.util.ArrayList;
import java.util.List;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes the synthetic methods that walk from a root to the carrier, null as soon as anything on the way is null. In
 * methods of their own they need no frames in the host, and no exception can start there.
 */
final class PathWriter {

    private PathWriter() {
    }

    static String name(ClassWeave.Path path) {
        return "usr1$carrier" + path.number();
    }

    static String descriptor(ClassWeave.Path path) {
        return "(L" + path.root() + ";)" + Snippet.OBJECT;
    }

    /** Adds the method unless there is nothing to walk or the method is there already. */
    static void write(ClassNode host, ClassWeave.Path path) {
        write(host, path, false);
    }

    /**
     * The same.
     *
     * @param foreign an object of another class than a cast says is a foreign one, and a connection without such a layer has
     *                no such carrier: neither needs a mark, and neither is a carrier that cannot be found. Something that
     *                bears no flag is handed out then, not null
     */
    static void write(ClassNode host, ClassWeave.Path path, boolean foreign) {
        if (!path.walks() || has(host, name(path))) {
            return;
        }
        if (foreign && (path.absent() >= 0 || path.steps().stream().anyMatch(ClassWeave.Step::isCast))) {
            LabelNode other = new LabelNode();
            LabelNode none = new LabelNode();
            Snippet body = walk(new Snippet(), path.steps(), 1, path.absent(), none, other).op(Opcodes.ARETURN).label(other);
            end(host, body, path.root()).gate(host.name).op(Opcodes.ARETURN).label(none);
            end(host, body, path.root()).op(Opcodes.ACONST_NULL).op(Opcodes.ARETURN);
            add(host, name(path), descriptor(path), body);
            return;
        }
        LabelNode nothing = new LabelNode();
        Snippet body = walk(path.steps(), nothing);
        if (path.exact() != null) {
            // A subclass could answer 'equals' for itself, and then the list's question is not the one that was proved.
            body.var(Opcodes.ASTORE, 1).var(Opcodes.ALOAD, 1).jump(Opcodes.IFNULL, nothing)
                    .var(Opcodes.ALOAD, 1).call(Opcodes.INVOKEVIRTUAL, "java/lang/Object", "getClass", "()Ljava/lang/Class;").classObject(path.exact())
                    .jump(Opcodes.IF_ACMPNE, nothing).var(Opcodes.ALOAD, 1);
        }
        body.op(Opcodes.ARETURN).label(nothing);
        end(host, body, path.root()).op(Opcodes.ACONST_NULL).op(Opcodes.ARETURN);
        add(host, name(path), descriptor(path), body);
    }

    static String markName(ClassWeave.Path path) {
        return "usr1$mark" + path.number();
    }

    static String markDescriptor(ClassWeave.Mark mark) {
        return "(L" + mark.path().root() + ";" + (mark.when() == null ? "" : mark.when().descriptor()) + ")V";
    }

    /**
     * Adds the method that makes a mark which is not always made: under a condition, or a CLEAR unless its connection
     * still counts as listed. The lock that orders the marks, or the thread that owns the connection, keeps others from
     * listing it between the look and the write.
     */
    static void writeMark(ClassNode host, ClassWeave.Mark mark) {
        ClassWeave.Path path = mark.path();
        LabelNode nothing = new LabelNode();
        Snippet body = new Snippet();
        List<Object> locals = new ArrayList<>(List.of(path.root()));
        int scratch = 1;
        if (mark.when() != null) {
            Type type = Type.getType(mark.when().descriptor());
            body.load(type, 1).jump(mark.when().jump(), nothing);
            locals.add(Frames.of(type));
            scratch += type.getSize();
        }
        if (!mark.set() && !mark.listed().isEmpty()) {
            walk(body, mark.subject(), scratch, -1, nothing, nothing).var(Opcodes.ASTORE, scratch).var(Opcodes.ALOAD, scratch).jump(Opcodes.IFNULL, nothing);
            for (ClassWeave.Step field : mark.listed()) {
                body.var(Opcodes.ALOAD, scratch).cast(field.owner());
                if (field.isCall()) {
                    body.call(Opcodes.INVOKEVIRTUAL, field.owner(), field.name(), field.descriptor());
                } else {
                    body.field(Opcodes.GETFIELD, field.owner(), field.name(), field.descriptor());
                }
                body.jump(field.descriptor().endsWith(";") ? Opcodes.IFNONNULL : Opcodes.IFNE, nothing);
            }
        }
        // A second walk reaches the same connection's carrier: whatever leads there is written in constructors only.
        mark(host, body.var(Opcodes.ALOAD, 0).walk(host.name, path), mark.set()).op(Opcodes.RETURN).label(nothing);
        end(host, body, locals.toArray()).op(Opcodes.RETURN);
        add(host, markName(path), markDescriptor(mark), body);
    }

    /** Marks the object on the stack. */
    static Snippet mark(ClassNode host, Snippet code, boolean set) {
        return set ? code.gate(host.name).runtime("Marks", "set", "(Ljava/lang/Object;" + Snippet.GATE + ")V")
                : code.gate(host.name).runtime("Marks", "clear", "(Ljava/lang/Object;" + Snippet.GATE + ")V");
    }

    /** From the root in local 0 through the steps; what they lead to is left on the stack. */
    private static Snippet walk(List<ClassWeave.Step> steps, LabelNode nothing) {
        return walk(new Snippet(), steps, 1, -1, nothing, nothing);
    }

    private static Snippet walk(Snippet body, List<ClassWeave.Step> steps, int scratch, int absent, LabelNode nothing, LabelNode other) {
        body.var(Opcodes.ALOAD, 0);
        for (int i = 0; i < steps.size(); i++) {
            ClassWeave.Step step = steps.get(i);
            LabelNode empty = absent >= 0 && i == absent + 1 ? other : nothing;
            body.var(Opcodes.ASTORE, scratch).var(Opcodes.ALOAD, scratch).jump(Opcodes.IFNULL, empty);
            if (step.isCast()) {
                body.var(Opcodes.ALOAD, scratch).instance(step.owner()).jump(Opcodes.IFEQ, other).var(Opcodes.ALOAD, scratch).cast(step.owner());
            } else {
                body.var(Opcodes.ALOAD, scratch).field(Opcodes.GETFIELD, step.owner(), step.name(), step.descriptor());
            }
        }
        return body;
    }

    static Snippet end(ClassNode host, Snippet body, Object... locals) {
        return Frames.used(host) ? body.frame(locals) : body;
    }

    static MethodNode add(ClassNode host, String name, String descriptor, Snippet body) {
        MethodNode method = new MethodNode(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
        method.instructions.add(body.list());
        host.methods.add(method);
        return method;
    }

    private static boolean has(ClassNode host, String name) {
        return host.methods.stream().anyMatch(method -> method.name.equals(name));
    }
}
