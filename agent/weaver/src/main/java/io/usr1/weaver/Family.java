package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_STATIC;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.usr1.target.Bypass;
import io.usr1.target.CarrierPath;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;

/**
 * The carriers that are ever asked, where all bypasses reach theirs through a final field that is given a new one in its
 * constructor: {@code this.readyStateLink}. Another carrier of the same class is certainly none of them if it was made
 * elsewhere, or hangs on another such field. What happens to it, under whichever lock, is nobody's question.
 */
final class Family {

    private static final String EXPECTED = "a new carrier made in the constructor, because carriers are told apart by the final field that they hang on";

    private final Proof proof;
    private final String carrier;
    /** By holder and name, the fields through which carriers are asked; empty if some are reached otherwise. */
    private final Map<String, Classes.Field> asked = new LinkedHashMap<>();

    Family(Proof proof) {
        this.proof = proof;
        this.carrier = proof.target().carriers().isEmpty() ? "" : Names.internal(proof.target().carrier().type());
        for (Bypass bypass : proof.target().bypasses()) {
            Optional<Classes.Field> field = last(bypass);
            if (field.isEmpty()) {
                asked.clear();
                return;
            }
            asked.put(key(field.get().owner().name, field.get().node().name), field.get());
        }
    }

    /** True if the value, seen in that method, is certainly none of the carriers that are asked. */
    boolean foreign(Classes.Method method, Sym value) {
        if (asked.isEmpty()) {
            return false;
        }
        boolean foreign = value instanceof Sym.Made made ? made.type().equals(carrier) && !(method.node().name.equals("<init>") && holds(method.owner().name))
                : value instanceof Sym.FieldOf of && other(of);
        return foreign && asked.values().stream().allMatch(this::guard);
    }

    private boolean other(Sym.FieldOf of) {
        Optional<Classes.Field> field = proof.classes().field(of.holder(), of.name()).filter(this::fixed);
        // Two fields of one class could be given the same new carrier.
        return field.isPresent() && !holds(of.holder()) && guard(field.get());
    }

    private boolean holds(String type) {
        return asked.values().stream().anyMatch(field -> field.owner().name.equals(type));
    }

    private Optional<Classes.Field> last(Bypass bypass) {
        if (bypass.carrier().steps().isEmpty() || !(bypass.carrier().steps().get(bypass.carrier().steps().size() - 1) instanceof CarrierPath.Step.Field last)) {
            return Optional.empty();
        }
        Optional<Classes.Method> method = proof.aside(() -> proof.method(bypass.method()));
        if (method.isEmpty()) {
            return Optional.empty();
        }
        String type = start(bypass.carrier(), method.get());
        for (CarrierPath.Step step : bypass.carrier().steps().subList(0, bypass.carrier().steps().size() - 1)) {
            type = type == null ? null : step instanceof CarrierPath.Step.Cast cast ? Names.internal(cast.type())
                    : step instanceof CarrierPath.Step.Field field ? proof.classes().field(type, field.name()).map(found -> Type.getType(found.node().desc).getInternalName()).orElse(null) : null;
        }
        return type == null ? Optional.empty() : proof.classes().field(type, last.name()).filter(this::fixed);
    }

    private static String start(CarrierPath path, Classes.Method method) {
        Type[] arguments = Type.getArgumentTypes(method.node().desc);
        return switch (path.root()) {
            case THIS -> method.owner().name;
            case ARGUMENT -> path.index() < arguments.length && arguments[path.index()].getSort() == Type.OBJECT ? arguments[path.index()].getInternalName() : null;
            default -> null;
        };
    }

    private boolean fixed(Classes.Field field) {
        return field.is(ACC_FINAL) && !field.is(ACC_STATIC) && field.node().desc.equals("L" + carrier + ";");
    }

    /** Every write is of a carrier made there and then; checked with the other guarded fields. */
    private boolean guard(Classes.Field field) {
        String owner = field.owner().name;
        return proof.guard(new GuardedField(owner, field.node().name, EXPECTED, "refuse this library version",
                List.of(write -> write.inConstructorOf(owner) && write.value() instanceof Sym.Made made && made.type().equals(carrier))));
    }

    private static String key(String holder, String name) {
        return holder + "." + name;
    }
}
