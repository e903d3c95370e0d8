package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.usr1.target.CarrierPath;
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
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * With {@code new: not-idle}, carriers are made for connections that are certainly not listed: in a constructor, for the object
 * that is being made, or in the takeover, which unlists.
 *
 * <p>I1, I4: a second carrier made for a listed connection would be CLEAR from birth and let a wake bypass.
 *
 * @param carriers internal names; none if carriers may be made anywhere: they are not CLEAR from birth, or are the connections themselves
 * @param layers   in whose fields a connection's constructor keeps what it makes; none if carriers are not replaced
 */
record BirthRule(Set<String> carriers, List<MethodRef> takeovers, List<Ownership.Layer> layers) {

    static final String EXPECTED = "carriers made in the takeover, and in constructors for what is being made, only, because 'new: not-idle' makes them clear";
    static final String TODO = "leave 'new: not-idle' out";

    static BirthRule of(Proof proof) {
        Target target = proof.target();
        // Without an ownership the carrier itself is what the list holds or what says that it is listed: there is no second one.
        boolean handle = proof.replaces().isPresent() || target.ownership() != null && Stream.concat(target.sets().stream(), target.clears().stream())
                .anyMatch(mark -> mark.carrier().steps().stream().anyMatch(CarrierPath.Step.Field.class::isInstance));
        return new BirthRule(new TreeSet<>(target.carriers().stream().filter(carrier -> carrier.bornClear() && handle)
                .map(carrier -> Names.internal(carrier.type())).toList()), proof.takeovers(), proof.layers());
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
        if (carriers.stream().noneMatch(classes.mentions(type)::makes)) {
            return List.of();
        }
        List<GuardedField.Fault> faults = new ArrayList<>();
        for (MethodNode method : type.methods) {
            boolean takesOver = takeovers.stream().anyMatch(takeover ->
                    type.name.equals(Names.internal(takeover.owner())) && Names.matches(takeover, method.name, method.desc));
            for (AbstractInsnNode insn : method.instructions) {
                String made = made(insn);
                if (made != null && !(insn.getOpcode() == Opcodes.NEW && (takesOver || method.name.equals("<init>") && own(classes, type, method, (TypeInsnNode) insn)))) {
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

    /** Whether the new carrier is that of the object that is being made: it is its context, and keeps it if it is a connection. */
    private boolean own(Classes classes, ClassNode type, MethodNode constructor, TypeInsnNode made) {
        try {
            MethodCode code = MethodCode.of(classes, type, constructor);
            boolean own = true;
            for (Ownership.Layer layer : layers) {
                boolean connection = type.name.equals(Names.internal(layer.carrierField().owner())) || classes.supertypes(type).contains(Names.internal(layer.carrierField().owner()));
                own &= !connection || !carried(classes, layer, made) || Origins.of(type, constructor).uses(made).stream().anyMatch(use -> use.operand() == 1
                        && use.at() instanceof FieldInsnNode put && put.getOpcode() == Opcodes.PUTFIELD && code.stack(code.index(put), 1).equals(Sym.THIS)
                        && classes.field(put.owner, put.name).filter(field -> Names.is(layer.carrierField(), field)).isPresent());
                own &= context(classes, code, layer, made);
            }
            return own;
        } catch (AnalyzerException unreadable) {
            return false;
        }
    }

    private static boolean carried(Classes classes, Ownership.Layer layer, TypeInsnNode made) {
        return classes.field(Names.internal(layer.carrierField().owner()), layer.carrierField().name()).filter(field -> field.node().desc.equals("L" + made.desc + ";")).isPresent();
    }

    /** Whether no other object than the one that is being made is handed over as the carrier's context. */
    private static boolean context(Classes classes, MethodCode code, Ownership.Layer layer, TypeInsnNode made) throws AnalyzerException {
        for (int i = 0; i < code.size() && made.desc.equals(Names.internal(layer.contextField().owner())); i++) {
            if (code.reachable(i) && code.at(i) instanceof MethodInsnNode call && call.name.equals("<init>")) {
                int count = Type.getArgumentTypes(call.desc).length;
                Classes.Method init = classes.method(call.owner, call.name, call.desc).orElse(null);
                boolean its = init != null && code.stack(i, count) instanceof Sym.Made object && object.at() == made;
                MethodCode body = its ? MethodCode.of(classes, init.owner(), init.node()) : null;
                for (int k = 0; its && k < body.size(); k++) {
                    boolean writes = body.reachable(k) && body.at(k) instanceof FieldInsnNode put && put.getOpcode() == Opcodes.PUTFIELD && put.name.equals(layer.contextField().name());
                    Sym handed = writes && body.stack(k, 0) instanceof Sym.Argument argument && argument.index() >= 0 ? code.stack(i, count - 1 - argument.index()) : Sym.THIS;
                    if (!handed.equals(Sym.THIS) && !handed.equals(new Sym.Constant(null))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
