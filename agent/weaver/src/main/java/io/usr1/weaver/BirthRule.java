package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.usr1.target.CarrierPath;
import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;
import io.usr1.target.Ownership;
import io.usr1.target.Target;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Handles;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * With {@code new: not-idle}, carriers are made for connections that are certainly not listed: in the constructor of the
 * connection, which keeps it, or in the takeover, which unlists.
 *
 * <p>I1, I4: a second carrier made for a listed connection would be CLEAR from birth and let a wake bypass.
 *
 * @param carriers internal names; none if carriers may be made anywhere: they are not CLEAR from birth, or are the connections themselves
 * @param keepers  the fields in which a constructor keeps what it makes; none if it need not, because no path leads through one
 */
record BirthRule(Set<String> carriers, List<MethodRef> takeovers, Set<FieldRef> keepers) {

    static final String EXPECTED = "carriers made in the takeover and in constructors that keep them only, because 'new: not-idle' makes them clear";
    static final String TODO = "leave 'new: not-idle' out";

    static BirthRule of(Proof proof) {
        Target target = proof.target();
        // Without an ownership the carrier itself is what the list holds or what says that it is listed: there is no second one.
        boolean handle = proof.replaces().isPresent() || target.ownership() != null && Stream.concat(target.sets().stream(), target.clears().stream())
                .anyMatch(mark -> mark.carrier().steps().stream().anyMatch(CarrierPath.Step.Field.class::isInstance));
        return new BirthRule(target.carriers().stream().filter(carrier -> carrier.bornClear() && handle).map(carrier -> Names.internal(carrier.type()))
                .collect(Collectors.toCollection(TreeSet::new)), proof.takeovers(),
                proof.layers().stream().map(Ownership.Layer::carrierField).collect(Collectors.toSet()));
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

    List<GuardedField.Fault> faults(Classes classes, ClassNode type) {
        List<GuardedField.Fault> faults = new ArrayList<>();
        for (MethodNode method : type.methods) {
            boolean takesOver = takeovers.stream().anyMatch(takeover ->
                    type.name.equals(Names.internal(takeover.owner())) && Names.matches(takeover, method.name, method.desc));
            for (AbstractInsnNode insn : carriers.isEmpty() ? new InsnList() : method.instructions) {
                String made = made(insn);
                if (made != null && !(insn.getOpcode() == Opcodes.NEW && (takesOver || method.name.equals("<init>") && keeps(classes, type, method, insn)))) {
                    faults.add(new GuardedField.Fault(new Classes.Method(type, method), MethodCode.line(insn), "a new " + Names.binary(made)));
                }
            }
        }
        return faults;
    }

    /** The carrier's class that the instruction makes one of, or hands out the means to; else null. */
    private String made(AbstractInsnNode insn) {
        if (insn instanceof TypeInsnNode type && type.getOpcode() == Opcodes.NEW && carriers.contains(type.desc)) {
            return type.desc;
        }
        return Handles.of(insn).stream().filter(handle -> handle.getTag() == Opcodes.H_NEWINVOKESPECIAL && carriers.contains(handle.getOwner()))
                .map(Handle::getOwner).findFirst().orElse(null);
    }

    /** Whether the object that is being made keeps the new carrier in the field in which a connection has its own. */
    private boolean keeps(Classes classes, ClassNode type, MethodNode constructor, AbstractInsnNode made) {
        if (keepers.isEmpty()) {
            return true;
        }
        try {
            MethodCode code = MethodCode.of(classes, type, constructor);
            return Origins.of(type, constructor).uses(made).stream().anyMatch(use -> use.operand() == 1 && use.at() instanceof FieldInsnNode put
                    && put.getOpcode() == Opcodes.PUTFIELD && code.stack(code.index(put), 1).equals(Sym.THIS)
                    && classes.field(put.owner, put.name).filter(field -> keepers.stream().anyMatch(keeper -> Names.is(keeper, field))).isPresent());
        } catch (AnalyzerException unreadable) {
            return false;
        }
    }
}
