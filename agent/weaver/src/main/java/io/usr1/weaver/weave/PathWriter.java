package io.usr1.weaver.weave;

import java.util.List;

import org.objectweb.asm.Opcodes;
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

    /** Adds the method unless the path has no steps or the method is there already. */
    static void write(ClassNode host, ClassWeave.Path path) {
        if (path.steps().isEmpty() || host.methods.stream().anyMatch(method -> method.name.equals(name(path)))) {
            return;
        }
        LabelNode nothing = new LabelNode();
        Snippet body = walk(path.steps(), nothing).op(Opcodes.ARETURN).label(nothing);
        end(host, path, body).op(Opcodes.ACONST_NULL).op(Opcodes.ARETURN);
        add(host, name(path), descriptor(path), body);
    }

    static String clearName(ClassWeave.Path path) {
        return "usr1$clear" + path.number();
    }

    static String clearDescriptor(ClassWeave.Path path) {
        return "(L" + path.root() + ";)V";
    }

    /**
     * Adds the method that clears the flag of the carrier, unless its connection still counts as listed. Whoever clears
     * owns the connection, so none but this thread could list it between the look and the write.
     */
    static void writeClear(ClassNode host, ClassWeave.Path path, List<ClassWeave.Step> listed) {
        LabelNode nothing = new LabelNode();
        int last = path.steps().size() - 1;
        Snippet body = walk(path.steps().subList(0, last), nothing).var(Opcodes.ASTORE, 1).var(Opcodes.ALOAD, 1).jump(Opcodes.IFNULL, nothing);
        for (ClassWeave.Step field : listed) {
            body.var(Opcodes.ALOAD, 1).field(Opcodes.GETFIELD, field.owner(), field.name(), field.descriptor())
                    .jump(field.descriptor().length() > 1 ? Opcodes.IFNONNULL : Opcodes.IFNE, nothing);
        }
        ClassWeave.Step carrier = path.steps().get(last);
        body.var(Opcodes.ALOAD, 1).field(Opcodes.GETFIELD, carrier.owner(), carrier.name(), carrier.descriptor())
                .runtime("Marks", "clear", "(Ljava/lang/Object;)V").op(Opcodes.RETURN).label(nothing);
        end(host, path, body).op(Opcodes.RETURN);
        add(host, clearName(path), clearDescriptor(path), body);
    }

    /** From the root in local 0 through the steps; what they lead to is left on the stack. */
    private static Snippet walk(List<ClassWeave.Step> steps, LabelNode nothing) {
        Snippet body = new Snippet().var(Opcodes.ALOAD, 0);
        for (ClassWeave.Step step : steps) {
            body.var(Opcodes.ASTORE, 1).var(Opcodes.ALOAD, 1).jump(Opcodes.IFNULL, nothing)
                    .var(Opcodes.ALOAD, 1).field(Opcodes.GETFIELD, step.owner(), step.name(), step.descriptor());
        }
        return body;
    }

    private static Snippet end(ClassNode host, ClassWeave.Path path, Snippet body) {
        return Frames.used(host) ? body.frame(path.root()) : body;
    }

    private static void add(ClassNode host, String name, String descriptor, Snippet body) {
        MethodNode method = new MethodNode(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
        method.instructions.add(body.list());
        host.methods.add(method);
    }
}
