package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.MethodRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Handles;
import io.usr1.weaver.code.Mentions;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Finds the calls of a method in the classes that the proof reads. */
final class Callers {

    private Callers() {
    }

    /** One call; {@code index} is the calling instruction's number. */
    record Call(Classes.Method method, MethodCode code, int index) {

        /** What is handed over: -1 for the receiver, else the argument's number. */
        Sym argument(int argument) {
            int count = Type.getArgumentTypes(((MethodInsnNode) code.at(index)).desc).length;
            return code.stack(index, count - 1 - argument);
        }
    }

    /** All calls; empty if the method also is called in a way that is not followed: a method reference, unreadable code. */
    static Optional<List<Call>> of(Proof proof, Classes.Method callee) {
        List<Call> calls = new ArrayList<>();
        for (ClassNode type : proof.scope()) {
            for (Mentions.Place place : proof.classes().mentions(type).of(callee.node().name, callee.node().desc)) {
                if (place.isHandle()) {
                    return Optional.empty();
                }
                if (proof.calls().runs((MethodInsnNode) place.at(), callee)) {
                    Classes.Method caller = new Classes.Method(type, place.method());
                    Optional<MethodCode> code = proof.code(caller);
                    if (code.isEmpty()) {
                        return Optional.empty();
                    }
                    int index = code.get().index(place.at());
                    if (code.get().reachable(index)) {
                        calls.add(new Call(caller, code.get(), index));
                    }
                }
            }
        }
        return Optional.of(calls);
    }

    /**
     * True if no class but those that the proof reads, and later ones of the package, which are inspected, can call the
     * method: neither by its own name nor by that of a method which it implements.
     */
    static boolean closed(Proof proof, Classes.Method callee) {
        boolean seen = callee.is(ACC_PUBLIC | ACC_PROTECTED) && (callee.owner().access & ACC_PUBLIC) != 0;
        if (callee.is(ACC_PRIVATE) || seen || callee.node().name.equals("<clinit>")) {
            return callee.is(ACC_PRIVATE);
        }
        boolean constructs = callee.node().name.equals("<init>");
        boolean alone = constructs || proof.classes().supertypes(callee.owner()).stream().allMatch(name -> proof.classes().find(name)
                .filter(type -> type.methods.stream().noneMatch(node -> node.name.equals(callee.node().name) && node.desc.equals(callee.node().desc)))
                .isPresent());
        if (!alone || !constructs && callee.is(ACC_PUBLIC | ACC_PROTECTED) && inherited(proof, callee)) {
            return false;
        }
        proof.close(callee);
        return true;
    }

    /**
     * A subclass hands the method on: under its own name if it is public, by an interface's if it says that it implements one.
     * One that comes later is not there to be asked, so there must be none.
     */
    private static boolean inherited(Proof proof, Classes.Method callee) {
        for (ClassNode type : proof.scope()) {
            Set<String> above = proof.classes().supertypes(type);
            if (above.contains(callee.owner().name)) {
                proof.seal(type);
                boolean implemented = above.stream().anyMatch(name -> proof.classes().find(name).filter(found -> (found.access & ACC_INTERFACE) == 0
                        || found.methods.stream().noneMatch(node -> node.name.equals(callee.node().name) && node.desc.equals(callee.node().desc))).isEmpty());
                if ((type.access & ACC_PUBLIC) != 0 || implemented) {
                    return true;
                }
            }
        }
        proof.seal(callee.owner());
        return false;
    }

    /** Whether the instruction calls that method, or makes a reference to it. */
    static boolean mentions(Classes classes, AbstractInsnNode insn, MethodRef method) {
        return Handles.any(insn, handle -> names(classes, handle.getOwner(), handle.getName(), handle.getDesc(), method))
                || insn instanceof MethodInsnNode call && names(classes, call.owner, call.name, call.desc, method);
    }

    private static boolean names(Classes classes, String owner, String name, String descriptor, MethodRef method) {
        return Names.matches(method, name, descriptor) && classes.method(owner, name, descriptor)
                .filter(found -> found.owner().name.equals(Names.internal(method.owner()))).isPresent();
    }
}
