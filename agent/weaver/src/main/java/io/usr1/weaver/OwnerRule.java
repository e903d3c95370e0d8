package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.target.CarrierPath;
import io.usr1.target.Ownership;
import io.usr1.target.RegionSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * How a dispatcher asks whether the current thread owns the connection: through final fields, for nothing else may be
 * read without the lock and still be the same object, to the owner's field or to a method that only compares it.
 */
final class OwnerRule {

    private static final String FIX = "correct the path to the owner";

    private final Proof proof;
    private final Ownership.MovesOwner ownership;
    private final RegionSpec spec;
    private final Classes.Method host;

    OwnerRule(Proof proof, Ownership.MovesOwner ownership, RegionSpec spec, Classes.Method host) {
        this.proof = proof;
        this.ownership = ownership;
        this.spec = spec;
        this.host = host;
    }

    /** The question, or null and a refusal. */
    ClassWeave.Ask ask() {
        Optional<Classes.Field> owner = MovesOwnerRule.field(proof, ownership);
        if (owner.isEmpty()) {
            return null;
        }
        CarrierPath path = spec.owner();
        Type[] arguments = Type.getArgumentTypes(host.node().desc);
        int argument = path != null && path.root() == CarrierPath.Root.ARGUMENT ? path.index() : -1;
        if (path == null || argument >= arguments.length || argument < 0 && host.is(ACC_STATIC)
                || argument < 0 && path.root() != CarrierPath.Root.THIS || argument >= 0 && arguments[argument].getSort() != Type.OBJECT) {
            return refuse(path == null ? "a region without 'owner'" : "no object at '" + path + "'", "the way from this or an argument to the object that knows the owner");
        }
        String root = argument < 0 ? host.owner().name : arguments[argument].getInternalName();
        String type = root;
        List<ClassWeave.Step> steps = new ArrayList<>();
        PathRule reader = new PathRule(proof, host, spec.carrier());
        for (CarrierPath.Step step : path.steps()) {
            Optional<Classes.Field> field = step instanceof CarrierPath.Step.Field named ? proof.classes().field(type, named.name()) : Optional.empty();
            if (field.isEmpty() || field.get().is(ACC_STATIC) || !field.get().is(ACC_FINAL) || !reader.accessible(field.get(), type)
                    || Type.getType(field.get().node().desc).getSort() != Type.OBJECT) {
                return refuse("no final instance field '" + step + "' of an object type in " + Names.binary(type) + " that may be read there", "one");
            }
            steps.add(new ClassWeave.Step(type, field.get().node().name, field.get().node().desc));
            type = Type.getType(field.get().node().desc).getInternalName();
        }
        return read(owner.get(), reader).map(read -> new ClassWeave.Ask(proof.nextPath(), argument < 0 ? 0 : slotOf(arguments, argument), root, steps, read,
                ownership.question() == null ? ClassWeave.Expects.CURRENT_THREAD : ClassWeave.Expects.NOT_ZERO)).orElse(null);
    }

    private int slotOf(Type[] arguments, int argument) {
        int slot = host.is(ACC_STATIC) ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    private Optional<ClassWeave.Step> read(Classes.Field owner, PathRule reader) {
        if (ownership.question() == null) {
            if (!reader.accessible(owner, owner.owner().name)) {
                refuse("an owner's field that " + Names.binary(host.owner().name) + " may not read", "one it may, or 'owner-call'");
                return Optional.empty();
            }
            return Optional.of(new ClassWeave.Step(owner.owner().name, owner.node().name, owner.node().desc));
        }
        Optional<Classes.Method> question = proof.method(ownership.question());
        if (question.isEmpty()) {
            return Optional.empty();
        }
        proof.rely(question.get().owner());
        boolean fixed = question.get().is(ACC_FINAL) || (question.get().owner().access & ACC_FINAL) != 0;
        if (!fixed || question.get().is(ACC_PRIVATE | ACC_STATIC | ACC_SYNCHRONIZED) || !compares(question.get(), owner)) {
            proof.refuse(question.get(), 0, "a method that is not plainly '" + ownership.owner() + " == Thread.currentThread()', or that may be overridden",
                    "a final method that does nothing else", "name the field alone");
            return Optional.empty();
        }
        return Optional.of(new ClassWeave.Step(question.get().owner().name, question.get().node().name, question.get().node().desc));
    }

    /** One comparison of the field with the current thread, which answers 1 if they are the same and 0 if not. */
    private boolean compares(Classes.Method question, Classes.Field owner) {
        Optional<MethodCode> body = question.node().desc.equals("()Z") ? proof.code(question) : Optional.empty();
        int compared = -1;
        for (int i = 0; body.isPresent() && i < body.get().size(); i++) {
            int opcode = body.get().at(i).getOpcode();
            if (opcode == IF_ACMPEQ || opcode == IF_ACMPNE) {
                compared = compared < 0 ? i : body.get().size();
            } else if (!harmless(body.get().at(i), owner)) {
                return false;
            }
        }
        if (compared < 0 || compared == body.map(MethodCode::size).orElse(0)) {
            return false;
        }
        MethodCode code = body.get();
        JumpInsnNode jump = (JumpInsnNode) code.at(compared);
        boolean sides = isOwner(code.stack(compared, 0)) && code.stack(compared, 1) instanceof Sym.Result
                || isOwner(code.stack(compared, 1)) && code.stack(compared, 0) instanceof Sym.Result;
        int same = jump.getOpcode() == IF_ACMPEQ ? code.index(jump.label) : compared + 1;
        int other = jump.getOpcode() == IF_ACMPEQ ? compared + 1 : code.index(jump.label);
        return sides && answer(code, same) == 1 && answer(code, other) == 0;
    }

    private boolean isOwner(Sym value) {
        return Names.is(ownership.owner(), value) && ((Sym.FieldOf) value).owner() == Sym.THIS;
    }

    private boolean harmless(AbstractInsnNode insn, Classes.Field owner) {
        if (insn instanceof MethodInsnNode call) {
            return call.owner.equals("java/lang/Thread") && call.name.equals("currentThread");
        }
        if (insn instanceof FieldInsnNode read) {
            return read.getOpcode() == GETFIELD && read.name.equals(owner.node().name);
        }
        return switch (insn.getOpcode()) {
            case -1, ALOAD, ICONST_0, ICONST_1, GOTO, IRETURN -> true;
            default -> false;
        };
    }

    /** The constant that was pushed last on the way from there to the return. */
    private static int answer(MethodCode code, int from) {
        int pushed = -1;
        for (int i = from, steps = 0; steps <= code.size(); steps++) {
            int opcode = code.at(i).getOpcode();
            if (opcode == IRETURN) {
                return pushed;
            }
            pushed = opcode == ICONST_0 ? 0 : opcode == ICONST_1 ? 1 : pushed;
            i = code.next(i).get(0);
        }
        return -1;
    }

    private ClassWeave.Ask refuse(String found, String expected) {
        proof.refuse(host, 0, found, expected, FIX);
        return null;
    }
}
