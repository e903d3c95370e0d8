package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;

import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * With {@code new: not-idle}, carriers are made for connections that are certainly not listed: in a constructor (of the
 * connection that it is for) or in the takeover, which unlists.
 *
 * <p>I1, I4: a second carrier made for a listed connection would be CLEAR from birth and let a wake bypass.
 *
 * @param carrier internal name; null if carriers are not CLEAR from birth, then they may be made anywhere
 */
record BirthRule(String carrier, MethodRef takeover) {

    static final String EXPECTED = "carriers made in constructors and in the takeover only, because 'new: not-idle' makes them clear";
    static final String TODO = "leave 'new: not-idle' out";

    static BirthRule of(Proof proof) {
        boolean bornClear = proof.target().carrier().bornClear();
        // Without a takeover a carrier is its connection, not one of several handles that it has one after the other.
        return proof.replaces().filter(own -> bornClear).map(own -> new BirthRule(Names.internal(proof.target().carrier().type()), own.takeover()))
                .orElse(new BirthRule(null, null));
    }

    List<GuardedField.Fault> faults(ClassNode type) {
        List<GuardedField.Fault> faults = new ArrayList<>();
        for (MethodNode method : type.methods) {
            boolean takesOver = takeover != null && type.name.equals(Names.internal(takeover.owner())) && Names.matches(takeover, method.name, method.desc);
            if (carrier != null && !takesOver && !method.name.equals("<init>")) {
                for (AbstractInsnNode insn : method.instructions) {
                    if (insn instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW && made.desc.equals(carrier)) {
                        faults.add(new GuardedField.Fault(new Classes.Method(type, method), MethodCode.line(insn), "a new " + Names.binary(carrier)));
                    }
                }
            }
        }
        return faults;
    }
}
