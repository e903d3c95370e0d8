package pools;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Rewrites the pool's classes so that {@link Tally} counts. Listed after the agent that is tested, it sees the classes as that one left
 * them, and counts what they really do. Argument: {@code classes;asked class#method;body method;lock path;carrier path}.
 */
public final class TallyAgent implements ClassFileTransformer {

    private static final String LOCKS = "java/util/concurrent/locks/";
    private static final String OBJECT = "(Ljava/lang/Object;)V";

    private final List<String> classes;
    private final String askedClass;
    private final String askedMethod;
    private final String body;

    private TallyAgent(String[] words) {
        classes = List.of(words[0].split(","));
        askedClass = words[1].substring(0, words[1].indexOf('#'));
        askedMethod = words[1].substring(words[1].indexOf('#') + 1);
        body = words[2];
        Tally.lockPath = words[3];
        Tally.carrierPath = words[4];
    }

    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new TallyAgent(argument.split(";")), true);
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name == null || redefined != null || !classes.contains(name.replace('/', '.'))) {
            return null;
        }
        try {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            for (MethodNode method : List.copyOf(type.methods)) {
                count(type, method);
            }
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            type.accept(writer);
            return writer.toByteArray();
        } catch (RuntimeException fault) {
            fault.printStackTrace();
            throw fault;
        }
    }

    private void count(ClassNode type, MethodNode method) {
        boolean inside = method.name.equals(body) || method.name.startsWith(body + "$usr1");
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            InsnList before = new InsnList();
            if (insn.getOpcode() == Opcodes.MONITORENTER || isLock(insn)) {
                before.add(new InsnNode(Opcodes.DUP));
                before.add(tally(inside));
            } else if (insn instanceof MethodInsnNode && ((MethodInsnNode) insn).owner.equals("io/usr1/runtime/Locks") && ((MethodInsnNode) insn).name.startsWith("lock")) {
                before.add(new InsnNode(Opcodes.DUP2));
                before.add(new InsnNode(Opcodes.POP));
                before.add(tally(inside));
            }
            method.instructions.insertBefore(insn, before);
        }
        boolean asks = type.name.replace('/', '.').equals(askedClass) && method.name.equals(askedMethod);
        if ((method.access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STATIC)) == Opcodes.ACC_SYNCHRONIZED) {
            split(type, method, inside);
        }
        if (asks) {
            InsnList head = new InsnList();
            int first = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
            head.add(first == 1 ? new VarInsnNode(Opcodes.ALOAD, 0) : new InsnNode(Opcodes.ACONST_NULL));
            boolean argument = method.desc.startsWith("(L");
            head.add(argument ? new VarInsnNode(Opcodes.ALOAD, first) : new InsnNode(Opcodes.ACONST_NULL));
            head.add(call("asked", "(Ljava/lang/Object;Ljava/lang/Object;)V"));
            method.instructions.insert(head);
        }
    }

    /** Counted before it is entered: inside, the lock is held already. */
    private static void split(ClassNode type, MethodNode method, boolean inside) {
        MethodNode real = new MethodNode(Opcodes.ASM9, method.access & ~(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED) | Opcodes.ACC_PRIVATE, method.name + "$tallied", method.desc, null, null);
        method.accept(real);
        type.methods.add(real);
        method.access &= ~Opcodes.ACC_SYNCHRONIZED;
        method.instructions = new InsnList();
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        method.instructions.add(tally(inside));
        method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        int slot = 1;
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            method.instructions.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        method.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, type.name, real.name, method.desc, false));
        method.instructions.add(new InsnNode(Type.getReturnType(method.desc).getOpcode(Opcodes.IRETURN)));
    }

    private static boolean isLock(AbstractInsnNode insn) {
        if (!(insn instanceof MethodInsnNode) || insn.getOpcode() == Opcodes.INVOKESTATIC || insn.getOpcode() == Opcodes.INVOKESPECIAL) {
            return false;
        }
        MethodInsnNode call = (MethodInsnNode) insn;
        boolean lock = call.owner.equals(LOCKS + "ReentrantLock") || call.owner.equals(LOCKS + "Lock") || call.owner.endsWith("/InterruptibleReentrantLock");
        return lock && call.desc.equals("()V") && (call.name.equals("lock") || call.name.equals("lockInterruptibly"));
    }

    private static MethodInsnNode tally(boolean inside) {
        return call(inside ? "acquireInside" : "acquire", OBJECT);
    }

    private static MethodInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, "pools/Tally", name, descriptor, false);
    }
}
