package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.usr1.target.CarrierPath;
import io.usr1.target.MethodRef;
import io.usr1.target.Target;
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
 * @param carriers internal names; none if carriers may be made anywhere: they are not CLEAR from birth, or are the connections themselves
 */
record BirthRule(Set<String> carriers, List<MethodRef> takeovers) {

    static final String EXPECTED = "carriers made in constructors and in the takeover only, because 'new: not-idle' makes them clear";
    static final String TODO = "leave 'new: not-idle' out";

    static BirthRule of(Proof proof) {
        Target target = proof.target();
        // Without an ownership the carrier itself is what the list holds or what says that it is listed: there is no second one.
        boolean handle = proof.replaces().isPresent() || target.ownership() != null && Stream.concat(target.sets().stream(), target.clears().stream())
                .anyMatch(mark -> mark.carrier().steps().stream().anyMatch(CarrierPath.Step.Field.class::isInstance));
        return new BirthRule(target.carriers().stream().filter(carrier -> carrier.bornClear() && handle).map(carrier -> Names.internal(carrier.type()))
                .collect(Collectors.toCollection(TreeSet::new)), proof.takeovers());
    }

    /** Makers in other packages are never looked at, so there may be none. */
    void closed(Proof proof) {
        carriers.stream().flatMap(carrier -> proof.classes().find(carrier).stream()).filter(type -> (type.access & Opcodes.ACC_PUBLIC) != 0).forEach(type -> {
            for (MethodNode method : type.methods) {
                boolean inherited = (method.access & Opcodes.ACC_PROTECTED) != 0 && (type.access & Opcodes.ACC_FINAL) == 0;
                if (method.name.equals("<init>") && ((method.access & Opcodes.ACC_PUBLIC) != 0 || inherited)) {
                    proof.refuse(new Classes.Method(type, method), 0, "a carrier that any class may make", EXPECTED, TODO);
                }
            }
        });
    }

    List<GuardedField.Fault> faults(ClassNode type) {
        List<GuardedField.Fault> faults = new ArrayList<>();
        for (MethodNode method : type.methods) {
            boolean takesOver = takeovers.stream().anyMatch(takeover ->
                    type.name.equals(Names.internal(takeover.owner())) && Names.matches(takeover, method.name, method.desc));
            if (!carriers.isEmpty() && !takesOver && !method.name.equals("<init>")) {
                for (AbstractInsnNode insn : method.instructions) {
                    if (insn instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW && carriers.contains(made.desc)) {
                        faults.add(new GuardedField.Fault(new Classes.Method(type, method), MethodCode.line(insn), "a new " + Names.binary(made.desc)));
                    }
                }
            }
        }
        return faults;
    }
}
