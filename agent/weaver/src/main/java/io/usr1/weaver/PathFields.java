package io.usr1.weaver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.CarrierPath;
import io.usr1.target.Ownership;
import io.usr1.target.Target;
import io.usr1.target.WhenClear;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * The fields that a path goes through.
 *
 * @param fields up to the first that is not there
 * @param end    internal name of the class at the path's end
 * @param whole  whether all of them are there
 */
record PathFields(List<Classes.Field> fields, String end, boolean whole) {

    /** @param root internal name of the class that the path starts at; empty if it starts nowhere */
    static PathFields of(Classes classes, String root, CarrierPath path) {
        List<Classes.Field> fields = new ArrayList<>();
        String type = root;
        for (CarrierPath.Step step : path.steps()) {
            if (step instanceof CarrierPath.Step.Field field) {
                Classes.Field found = classes.field(type, field.name()).filter(one -> Type.getType(one.node().desc).getSort() == Type.OBJECT).orElse(null);
                if (found == null) {
                    return new PathFields(fields, type, false);
                }
                fields.add(found);
                type = Type.getType(found.node().desc).getInternalName();
            } else {
                type = step instanceof CarrierPath.Step.Cast cast ? Names.internal(cast.type()) : "";
            }
        }
        return new PathFields(fields, type, true);
    }

    /** Whether something else than the carrier says that a connection is listed, so that the way from it to its carrier counts. */
    static boolean ofConnections(Target target) {
        return target.bypasses().stream().flatMap(bypass -> bypass.whenClear().stream()).anyMatch(line -> !(line instanceof WhenClear.Asked)
                && line.known() != WhenClear.Known.NOT_CARRIER && target.carriers().stream().noneMatch(carrier -> carrier.type().equals(line.owner())));
    }

    /** The one final field in which a layer's own object knows its connection; empty if there is none, or several. */
    static Optional<Classes.Field> back(Classes classes, Ownership.Layer layer) {
        Optional<ClassNode> own = layer.via() == null ? Optional.empty() : classes.find(Names.internal(layer.carrierField().owner()));
        Optional<ClassNode> connection = classes.find(Names.internal(layer.connection()));
        if (own.isEmpty() || connection.isEmpty()) {
            return Optional.empty();
        }
        Set<String> types = new HashSet<>(classes.supertypes(connection.get()));
        types.add(connection.get().name);
        types.remove("java/lang/Object");
        List<FieldNode> found = own.get().fields.stream().filter(field -> (field.access & (Opcodes.ACC_STATIC | Opcodes.ACC_FINAL)) == Opcodes.ACC_FINAL
                && types.contains(Type.getType(field.desc).getInternalName())).toList();
        return found.size() == 1 ? Optional.of(new Classes.Field(own.get(), found.get(0))) : Optional.empty();
    }
}
