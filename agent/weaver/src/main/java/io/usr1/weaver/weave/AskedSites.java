package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.GETSTATIC;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What woven code reads from a field of its class, a class that is loaded asks the runtime for, by numbers. */
final class AskedSites {

    private AskedSites() {
    }

    static void weave(ClassNode host, int gateNumber) {
        for (MethodNode method : host.methods) {
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn instanceof FieldInsnNode read && read.getOpcode() == GETSTATIC && read.desc.equals(Snippet.SITE) && read.owner.equals(host.name)) {
                    int site = Integer.parseInt(read.name.substring(Snippet.siteField(0).length() - 1));
                    method.instructions.insertBefore(read, new Snippet().push(gateNumber).push(site).runtime("Gates", "site", "(II)" + Snippet.SITE).list());
                    method.instructions.remove(read);
                }
            }
        }
    }
}
