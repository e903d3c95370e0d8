package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.CallSite;
import io.usr1.target.MarkSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A mark of the target, found in the code.
 *
 * @param call instruction number of its call; -1 if it stands at the entry or exit
 */
record MarkPlace(MarkSpec spec, Classes.Method method, MethodCode code, int call, PathRule path) {

    /** The place, or empty and a refusal. */
    static Optional<MarkPlace> find(Proof proof, MarkSpec spec) {
        return proof.method(spec.method()).flatMap(method -> proof.code(method).flatMap(code -> {
            if (spec.call() == null) {
                return Optional.of(new MarkPlace(spec, method, code, -1, new PathRule(proof, method, spec.carrier())));
            }
            boolean anyOrigin = spec.takes() != null;
            return call(proof, method, code, spec.call(), anyOrigin)
                    .map(call -> new MarkPlace(spec, method, code, call, new PathRule(proof, method, spec.carrier(), code, call)));
        }));
    }

    /** The one call that is meant, or empty and a refusal. */
    static Optional<Integer> call(Proof proof, Classes.Method method, MethodCode code, CallSite wanted) {
        return call(proof, method, code, wanted, false);
    }

    private static Optional<Integer> call(Proof proof, Classes.Method method, MethodCode code, CallSite wanted, boolean anyOrigin) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            if (code.reachable(i) && code.at(i) instanceof MethodInsnNode call && !call.name.equals("<init>") && names(proof, wanted, call)
                    && (on(wanted, code, i, call) || anyOrigin && Lists.of(code, wanted.on(), i))) {
                found.add(i);
            }
        }
        if (wanted.nth() > 0 && wanted.nth() <= found.size()) {
            return Optional.of(found.get(wanted.nth() - 1));
        }
        if (wanted.nth() == 0 && found.size() == 1) {
            return Optional.of(found.get(0));
        }
        proof.refuse(method, 0, found.isEmpty() ? "no call of " + wanted : found.size() + " calls of " + wanted.callee(), "one such call in the method's own body",
                found.isEmpty() ? "check the callee's class, parameters and field" : "say 'nth: 1' to 'nth: " + found.size() + "'");
        return Optional.empty();
    }

    /** The instructions before which the mark is made. */
    List<Integer> at() {
        List<Integer> at = new ArrayList<>();
        switch (spec.at()) {
            case ENTRY -> at.add(0);
            case BEFORE -> at.add(call);
            case AFTER -> at.addAll(code.next(call));
            case EXIT -> {
                for (int i = 0; i < code.size(); i++) {
                    int opcode = code.at(i).getOpcode();
                    if (code.reachable(i) && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                        at.add(i);
                    }
                }
            }
        }
        return at;
    }

    int line() {
        if (call >= 0) {
            return MethodCode.line(code.at(call));
        }
        return MethodCode.firstLine(code.method());
    }

    private static boolean names(Proof proof, CallSite wanted, MethodInsnNode call) {
        String owner = Names.internal(wanted.callee().owner());
        return Names.matches(wanted.callee(), call.name, call.desc) && (call.owner.equals(owner)
                || proof.classes().method(call.owner, call.name, call.desc).filter(found -> found.owner().name.equals(owner)).isPresent());
    }

    private static boolean on(CallSite wanted, MethodCode code, int index, MethodInsnNode call) {
        if (wanted.on() == null) {
            return true;
        }
        return call.getOpcode() != Opcodes.INVOKESTATIC && Names.is(wanted.on(), source(code, code.stack(index, Type.getArgumentTypes(call.desc).length)));
    }

    /** A collection that was looked up in a map stands for the map's field. */
    static Sym source(MethodCode code, Sym receiver) {
        if (receiver instanceof Sym.Result result && result.at() instanceof MethodInsnNode get && CollectionCalls.isMap(get.owner) && get.name.equals("get")) {
            return code.stack(code.index(get), 1);
        }
        return receiver;
    }
}
