package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.target.Ownership;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * How audit sees a connection's state from a woven place: the sign is asked of the carrier, of its connection where the
 * path passes it, or of the connection that the carrier's context field holds.
 *
 * <p>No invariant rests on it. What must hold is that asking does nothing else: it reads fields, or calls a final method
 * that only reads one.
 */
final class AskRule {

    private final Proof proof;
    private final Classes.Method host;
    private final PathRule path;

    AskRule(Proof proof, Classes.Method host, PathRule path) {
        this.proof = proof;
        this.host = host;
        this.path = path;
    }

    /**
     * Null if there is no such sign, or if it cannot be seen from there: then that is a note.
     *
     * @param behind the carrier knows its layer, and that the connection; else the carrier knows the connection
     */
    ClassWeave.Ask ask(String key, WhenClear sign, ClassWeave.Path from, boolean behind) {
        if (sign == null) {
            return null;
        }
        Optional<ClassWeave.Step> read = read(sign);
        if (read.isEmpty()) {
            return null;
        }
        String asked = read.get().owner();
        List<List<ClassWeave.Step>> ways = new ArrayList<>(List.of(from.steps()));
        if (!from.steps().isEmpty()) {
            ways.add(from.steps().subList(0, from.steps().size() - 1));
        }
        if (path.layers().stream().anyMatch(layer -> layer.via() != null)) {
            ways.add(path.subject(from));
        }
        ways.addAll(contexts(from, behind));
        for (List<ClassWeave.Step> steps : ways) {
            String end = steps.isEmpty() ? from.root() : steps.get(steps.size() - 1).type();
            if (related(end, asked)) {
                return new ClassWeave.Ask(proof.nextPath(), from.slot(), from.root(), steps, read.get(),
                        sign.known() == Known.TRUE || sign.known() == Known.NOT_NULL ? ClassWeave.Expects.NOT_ZERO : ClassWeave.Expects.ZERO);
            }
        }
        unseen(key);
        return null;
    }

    private void unseen(String key) {
        proof.note("'" + key + "' cannot be seen in " + Names.method(host.owner(), host.node()) + ", so audit does not look for it there.");
    }

    /** From the carrier to the connection, where the carrier knows it. */
    private List<List<ClassWeave.Step>> contexts(ClassWeave.Path from, boolean behind) {
        List<List<ClassWeave.Step>> ways = new ArrayList<>();
        for (Ownership.Layer layer : path.layers()) {
            Optional<Classes.Field> context = proof.classes().field(Names.internal(layer.contextField().owner()), layer.contextField().name())
                    .filter(field -> path.accessible(field, field.owner().name));
            Optional<Classes.Field> back = proof.back(layer).filter(field -> behind && path.accessible(field, field.owner().name));
            if (context.isPresent() && back.isPresent() == behind) {
                List<ClassWeave.Step> way = new ArrayList<>(from.steps());
                way.add(step(context.get()));
                back.ifPresent(field -> way.addAll(List.of(ClassWeave.Step.cast(field.owner().name), step(field))));
                ways.add(way);
            }
        }
        return ways;
    }

    private static ClassWeave.Step step(Classes.Field field) {
        return new ClassWeave.Step(field.owner().name, field.node().name, field.node().desc);
    }

    private Optional<ClassWeave.Step> read(WhenClear sign) {
        Type type;
        ClassWeave.Step step;
        if (sign instanceof WhenClear.FieldRead read) {
            Optional<Classes.Field> field = proof.type(read.field().owner()).flatMap(owner -> proof.classes().field(owner.name, read.field().name()));
            if (field.isEmpty() || field.get().is(ACC_STATIC) || !path.accessible(field.get(), field.get().owner().name)) {
                return refuse(sign, field.isEmpty() ? "no such field" : "a field that " + Names.binary(host.owner().name) + " may not read");
            }
            type = Type.getType(field.get().node().desc);
            step = new ClassWeave.Step(Names.internal(read.field().owner()), read.field().name(), field.get().node().desc);
        } else {
            Optional<Classes.Method> method = sign instanceof WhenClear.Call call ? proof.method(call.method()) : Optional.empty();
            if (method.isEmpty() || !asks(method.get()) || !callable(method.get())) {
                return refuse(sign, "a method that may do more than read one field of its object, or that cannot be called there");
            }
            proof.rely(method.get().owner());
            type = Type.getReturnType(method.get().node().desc);
            step = new ClassWeave.Step(method.get().owner().name, method.get().node().name, method.get().node().desc);
        }
        boolean reference = sign.known() == Known.NULL || sign.known() == Known.NOT_NULL;
        boolean fits = reference ? type.getSort() >= Type.ARRAY : sign.known() == Known.ZERO ? type == Type.INT_TYPE : type == Type.BOOLEAN_TYPE;
        return fits ? Optional.of(step) : refuse(sign, "a " + type.getClassName());
    }

    private boolean asks(Classes.Method method) {
        boolean fixed = method.is(ACC_FINAL) || (method.owner().access & ACC_FINAL) != 0;
        return fixed && Stream.of(Known.FALSE, Known.TRUE, Known.NULL)
                .anyMatch(known -> new Query(proof.classes(), method).zeroField(known).isPresent());
    }

    private boolean callable(Classes.Method method) {
        boolean near = Names.packageOf(method.owner().name).equals(Names.packageOf(host.owner().name)) && !method.is(ACC_PRIVATE);
        return near || method.is(ACC_PUBLIC) && (method.owner().access & ACC_PUBLIC) != 0;
    }

    private boolean related(String one, String other) {
        return one.equals(other) || isA(one, other) || isA(other, one);
    }

    private boolean isA(String type, String of) {
        Optional<ClassNode> found = proof.classes().find(type);
        return found.isPresent() && proof.classes().supertypes(found.get()).contains(of);
    }

    private Optional<ClassWeave.Step> refuse(WhenClear sign, String found) {
        proof.refuse("'" + sign + "'", 0, found, "a field, or a final method that only reads one, which fits the word after 'is'", "correct the line or leave it out");
        return Optional.empty();
    }
}
