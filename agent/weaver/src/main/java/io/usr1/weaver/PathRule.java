package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.CarrierPath;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * A path leads to the carrier that the connection has now: it ends at the carrier itself or in the ownership's carrier
 * field, through fields that the woven class may read.
 *
 * <p>I1, I14: a mark on another object than the connection's present handle is the one way to a stale CLEAR.
 */
final class PathRule {

    private static final String FIX = "correct the carrier's path in the target";

    private final Proof proof;
    private final Classes.Method host;
    private final CarrierPath path;

    PathRule(Proof proof, Classes.Method host, CarrierPath path) {
        this.proof = proof;
        this.host = host;
        this.path = path;
    }

    /** The decided path, or empty and a refusal. */
    Optional<ClassWeave.Path> check() {
        Type[] arguments = Type.getArgumentTypes(host.node().desc);
        boolean isStatic = host.is(ACC_STATIC);
        if (argument() >= arguments.length || argument() < 0 && isStatic) {
            return refuse("no " + (argument() < 0 ? "'this' in a static method" : "argument " + argument()), "a root that the method has");
        }
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < argument(); i++) {
            slot += arguments[i].getSize();
        }
        String root = argument() < 0 ? host.owner().name : arguments[argument()].getInternalName();
        if (argument() >= 0 && arguments[argument()].getSort() != Type.OBJECT) {
            return refuse("an argument that is no object", "an object");
        }
        String type = root;
        List<ClassWeave.Step> steps = new ArrayList<>();
        for (String name : fields()) {
            Optional<Classes.Field> field = proof.classes().field(type, name);
            if (field.isEmpty() || field.get().is(ACC_STATIC) || Type.getType(field.get().node().desc).getSort() != Type.OBJECT) {
                return refuse("no instance field '" + name + "' of an object type in " + Names.binary(type), "one");
            }
            if (!accessible(field.get(), type)) {
                return refuse("a field " + Names.binary(type) + "." + name + " that " + Names.binary(host.owner().name) + " may not read", "one it may");
            }
            steps.add(new ClassWeave.Step(type, name, field.get().node().desc));
            type = Type.getType(field.get().node().desc).getInternalName();
        }
        String carrier = Names.internal(proof.target().carrier().type());
        if (!type.equals(carrier)) {
            return refuse("a path that ends at " + Names.binary(type), "the carrier " + proof.target().carrier().type());
        }
        if (!steps.isEmpty() && !endsInCarrierField(steps.get(steps.size() - 1))) {
            return refuse("a path '" + path + "' that ends in another field", "the carrier itself or " + proof.ownership().carrierField());
        }
        return Optional.of(new ClassWeave.Path(proof.nextPath(), argument() < 0 ? 0 : slot, root, steps));
    }

    /**
     * The fields of the path's connection that say "listed" and that the woven class may read; none if the path is the
     * carrier itself.
     */
    List<ClassWeave.Step> readable(ClassWeave.Path decided, List<GuardedField> listed) {
        List<ClassWeave.Step> fields = new ArrayList<>();
        int steps = decided.steps().size();
        for (GuardedField field : steps == 0 ? List.<GuardedField>of() : listed) {
            String connection = decided.steps().get(steps - 1).owner();
            proof.classes().field(connection, field.name())
                    .filter(found -> found.owner().name.equals(field.owner()) && accessible(found, connection))
                    .ifPresent(found -> fields.add(new ClassWeave.Step(connection, field.name(), found.node().desc)));
        }
        return fields;
    }

    /** Whether a value of the host method is the carrier, its connection, or the connection as the carrier knows it. */
    boolean isSubject(Sym value) {
        if (value instanceof Sym.FieldOf field && field.owner() != null && Names.is(proof.ownership().contextField(), value)
                && reaches(field.owner(), fields().size())) {
            return true;
        }
        return reaches(value, fields().size()) || !fields().isEmpty() && reaches(value, fields().size() - 1);
    }

    /** Whether a value of the host method is the carrier. */
    boolean isCarrier(Sym value) {
        return reaches(value, fields().size());
    }

    private int argument() {
        return path.root() == CarrierPath.Root.THIS ? -1 : path.index();
    }

    private List<String> fields() {
        return path.steps().stream().map(step -> ((CarrierPath.Step.Field) step).name()).toList();
    }

    private boolean reaches(Sym value, int steps) {
        if (steps == 0) {
            return value instanceof Sym.Argument argument && argument.index() == argument();
        }
        return value instanceof Sym.FieldOf field && field.owner() != null && field.name().equals(fields().get(steps - 1))
                && reaches(field.owner(), steps - 1);
    }

    private boolean endsInCarrierField(ClassWeave.Step last) {
        return last.name().equals(proof.ownership().carrierField().name())
                && proof.classes().field(last.owner(), last.name())
                        .filter(field -> field.owner().name.equals(Names.internal(proof.ownership().carrierField().owner()))).isPresent();
    }

    private boolean accessible(Classes.Field field, String through) {
        ClassNode reader = host.owner();
        boolean samePackage = Names.packageOf(reader.name).equals(Names.packageOf(field.owner().name));
        if (field.is(ACC_PRIVATE)) {
            return proof.classes().nest(field.owner()).stream().anyMatch(mate -> mate.name.equals(reader.name));
        }
        boolean typePublic = proof.classes().find(through).filter(type -> (type.access & ACC_PUBLIC) != 0).isPresent();
        return samePackage || field.is(ACC_PUBLIC) && typePublic;
    }

    private Optional<ClassWeave.Path> refuse(String found, String expected) {
        proof.refuse(host, 0, found, expected, FIX);
        return Optional.empty();
    }
}
