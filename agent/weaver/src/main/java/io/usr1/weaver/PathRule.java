package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.usr1.target.CarrierPath;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

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
    private final MethodCode code;
    private final int call;
    private boolean fixed = true;

    PathRule(Proof proof, Classes.Method host, CarrierPath path) {
        this(proof, host, path, null, -1);
    }

    /** @param call the instruction number of the call that the path may start at; -1 if there is none */
    PathRule(Proof proof, Classes.Method host, CarrierPath path, MethodCode code, int call) {
        this.proof = proof;
        this.host = host;
        this.path = path;
        this.code = code;
        this.call = call;
    }

    /** The decided path, or empty and a refusal. */
    Optional<ClassWeave.Path> check() {
        Optional<Type> rootType = rootType();
        if (rootType.isEmpty()) {
            return Optional.empty();
        }
        if (rootType.get().getSort() != Type.OBJECT) {
            return refuse("a path that starts at a " + rootType.get().getClassName(), "an object");
        }
        String root = rootType.get().getInternalName();
        String type = root;
        List<ClassWeave.Step> steps = new ArrayList<>();
        for (CarrierPath.Step step : path.steps()) {
            Optional<ClassWeave.Step> decided = step(type, step);
            if (decided.isEmpty()) {
                return Optional.empty();
            }
            steps.add(decided.get());
            type = decided.get().name() == null ? decided.get().owner() : Type.getType(decided.get().descriptor()).getInternalName();
        }
        String carrier = Names.internal(proof.target().carrier().type());
        if (!type.equals(carrier)) {
            return refuse("a path that ends at " + Names.binary(type), "the carrier " + proof.target().carrier().type());
        }
        if (!fields().isEmpty() && proof.replaces().isPresent() && !endsInCarrierField(lastField(steps), proof.replaces().get())) {
            return refuse("a path '" + path + "' that ends in another field", "the carrier itself or " + proof.replaces().get().layers().get(0).carrierField());
        }
        List<ClassWeave.Step> through = steps.stream().filter(step -> step.name() != null).toList();
        // What a takeover replaces is looked after by the ownership's own rule.
        through.subList(0, Math.max(0, through.size() - (proof.replaces().isPresent() ? 1 : 0))).forEach(this::keeps);
        ClassWeave.From from = switch (path.root()) {
            case RETURNED -> ClassWeave.From.RETURNED;
            case PASSED -> ClassWeave.From.PASSED;
            case EACH -> ClassWeave.From.EACH;
            default -> ClassWeave.From.LOCAL;
        };
        return Optional.of(new ClassWeave.Path(proof.nextPath(), from, from == ClassWeave.From.PASSED ? path.index() : slot(), root, steps, null));
    }

    /**
     * As {@link #check}, for a bypass that any thread may do: the path leads to the same object whenever it is walked, and
     * to one of the carrier's class, not of a subclass that may answer {@code equals} for itself.
     */
    Optional<ClassWeave.Path> checkFixed() {
        return check().flatMap(decided -> {
            if (!fixed) {
                return refuse("a path '" + path + "' through a field that may change between the look at the flag and the read under the lock", "final fields only");
            }
            ClassNode carrier = proof.classes().find(Names.internal(proof.target().carrier().type())).orElseThrow();
            boolean last = (carrier.access & ACC_FINAL) != 0;
            if (!last && (host.owner().version & 0xFFFF) < V1_5) {
                return refuse("a carrier class that is not final, in a class file of before Java 5, which cannot name it", "a final class");
            }
            return Optional.of(new ClassWeave.Path(decided.number(), decided.from(), decided.slot(), decided.root(), decided.steps(), last ? null : carrier.name));
        });
    }

    /**
     * The fields of the path's connection that say "listed" and that the woven class may read, or methods that ask them; of the carrier itself
     * where the path has no field.
     */
    List<ClassWeave.Step> readable(ClassWeave.Path decided, List<GuardedField> listed) {
        List<ClassWeave.Step> fields = new ArrayList<>();
        String connection = decided.steps().stream().filter(step -> step.name() != null).reduce((first, last) -> last).map(ClassWeave.Step::owner)
                .orElse(Names.internal(proof.target().carrier().type()));
        for (GuardedField field : listed) {
            proof.classes().field(connection, field.name()).filter(found -> found.owner().name.equals(field.owner()) && !found.is(ACC_STATIC)).ifPresent(found -> {
                if (accessible(found, connection)) {
                    fields.add(new ClassWeave.Step(connection, field.name(), found.node().desc));
                } else {
                    proof.asking(field.owner(), field.name()).filter(method -> callable(method, connection))
                            .ifPresent(method -> fields.add(new ClassWeave.Step(connection, method.node().name, method.node().desc)));
                }
            });
        }
        return fields;
    }

    private boolean callable(Classes.Method method, String through) {
        boolean samePackage = Names.packageOf(host.owner().name).equals(Names.packageOf(method.owner().name));
        boolean typePublic = proof.classes().find(through).filter(type -> (type.access & ACC_PUBLIC) != 0).isPresent();
        return !method.is(ACC_PRIVATE) && (samePackage || method.is(ACC_PUBLIC) && typePublic);
    }

    /** Whether a value of the host method is the carrier, its connection, or the connection as the carrier knows it. */
    boolean isSubject(Sym value) {
        if (value instanceof Sym.FieldOf field && field.owner() != null && reaches(field.owner(), fields().size())
                && proof.replaces().filter(replaces -> Names.is(replaces.layers().get(0).contextField(), value)).isPresent()) {
            return true;
        }
        return reaches(value, fields().size()) || !fields().isEmpty() && reaches(value, fields().size() - 1);
    }

    /** Whether a value of the host method is the carrier. */
    boolean isCarrier(Sym value) {
        return reaches(value, fields().size());
    }

    /** Whether a value is on the way to the carrier, so not null where there is a carrier. */
    boolean isOnTheWay(Sym value) {
        for (int steps = 0; steps <= fields().size(); steps++) {
            if (reaches(value, steps)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Type> rootType() {
        Type[] arguments = Type.getArgumentTypes(host.node().desc);
        return switch (path.root()) {
            case THIS -> host.is(ACC_STATIC) ? none("no 'this' in a static method", "a root that the method has")
                    : Optional.of(Type.getObjectType(host.owner().name));
            case ARGUMENT -> path.index() < arguments.length ? Optional.of(arguments[path.index()])
                    : none("no argument " + path.index(), "a root that the method has");
            case RETURNED -> Optional.of(Type.getReturnType(call < 0 ? host.node().desc : callee().desc));
            case PASSED -> path.index() < Type.getArgumentTypes(callee().desc).length ? Optional.of(Type.getArgumentTypes(callee().desc)[path.index()])
                    : none("no argument " + path.index() + " of the call", "a root that the call has");
            case EACH -> Optional.of(Type.getObjectType("java/lang/Object"));
        };
    }

    private Optional<Type> none(String found, String expected) {
        refuse(found, expected);
        return Optional.empty();
    }

    private MethodInsnNode callee() {
        return (MethodInsnNode) code.at(call);
    }

    private int slot() {
        if (path.root() != CarrierPath.Root.ARGUMENT) {
            return 0;
        }
        return argumentSlot(host, path.index());
    }

    /** The local variable of an argument. */
    static int argumentSlot(Classes.Method host, int index) {
        Type[] arguments = Type.getArgumentTypes(host.node().desc);
        int slot = host.is(ACC_STATIC) ? 0 : 1;
        for (int i = 0; i < index; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    private Optional<ClassWeave.Step> step(String type, CarrierPath.Step step) {
        if (step instanceof CarrierPath.Step.Field field) {
            return field(type, field.name());
        }
        return step instanceof CarrierPath.Step.Cast cast ? cast(cast.type())
                : refuse("a look-up " + step + " in a map, which may find another object a moment later", "a path of fields and casts");
    }

    private Optional<ClassWeave.Step> field(String type, String name) {
        Optional<Classes.Field> field = proof.classes().field(type, name);
        if (field.isEmpty() || field.get().is(ACC_STATIC) || Type.getType(field.get().node().desc).getSort() != Type.OBJECT) {
            return refuse("no instance field '" + name + "' of an object type in " + Names.binary(type), "one");
        }
        if (!accessible(field.get(), type)) {
            return refuse("a field " + Names.binary(type) + "." + name + " that " + Names.binary(host.owner().name) + " may not read", "one it may");
        }
        fixed &= field.get().is(ACC_FINAL);
        return Optional.of(new ClassWeave.Step(type, name, field.get().node().desc));
    }

    private Optional<ClassWeave.Step> cast(String binaryName) {
        return proof.type(binaryName).flatMap(type -> {
            boolean seen = (type.access & ACC_PUBLIC) != 0 || Names.packageOf(type.name).equals(Names.packageOf(host.owner().name));
            return seen ? Optional.of(ClassWeave.Step.cast(type.name))
                    : refuse("a cast to " + binaryName + ", which " + Names.binary(host.owner().name) + " may not name", "a class that it may");
        });
    }

    private List<String> fields() {
        return path.steps().stream().filter(CarrierPath.Step.Field.class::isInstance).map(step -> ((CarrierPath.Step.Field) step).name()).toList();
    }

    /** Casts are not steps here: a value stays what it is. */
    private boolean reaches(Sym value, int steps) {
        if (steps == 0) {
            return switch (path.root()) {
                case THIS -> value.equals(Sym.THIS);
                case ARGUMENT -> value instanceof Sym.Argument argument && argument.index() == path.index();
                case RETURNED -> call >= 0 && value instanceof Sym.Result result && result.at() == code.at(call);
                case PASSED -> Sym.same(value, code.stack(call, Type.getArgumentTypes(callee().desc).length - 1 - path.index()));
                case EACH -> false;
            };
        }
        return value instanceof Sym.FieldOf field && field.owner() != null && field.name().equals(fields().get(steps - 1))
                && reaches(field.owner(), steps - 1);
    }

    private static ClassWeave.Step lastField(List<ClassWeave.Step> steps) {
        return steps.stream().filter(step -> step.name() != null).reduce((first, last) -> last).orElseThrow();
    }

    /** A mark and an insert that take the same path reach the same carrier only if nothing on the way is written in between. */
    private void keeps(ClassWeave.Step step) {
        proof.classes().field(step.owner(), step.name()).ifPresent(field -> {
            if (field.is(ACC_PUBLIC | ACC_PROTECTED) && !field.is(ACC_FINAL)) {
                refuse("a field " + Names.binary(field.owner().name) + "." + step.name() + " on the way to the carrier that any class may write", "a final, private or package-private one");
            }
            proof.guard(new GuardedField(field.owner().name, step.name(), "a constructor's write, because a path to the carrier goes through it",
                    "name the takeover that replaces carriers, as 'replaces-carrier', or another path", List.of(write -> write.inConstructorOf(field.owner().name))));
        });
    }

    private static boolean endsInCarrierField(Classes.Field field, Ownership.ReplacesCarrier replaces) {
        return field.node().name.equals(replaces.layers().get(0).carrierField().name()) && field.owner().name.equals(Names.internal(replaces.layers().get(0).carrierField().owner()));
    }

    private boolean endsInCarrierField(ClassWeave.Step last, Ownership.ReplacesCarrier replaces) {
        return proof.classes().field(last.owner(), last.name()).filter(field -> endsInCarrierField(field, replaces)).isPresent();
    }

    boolean accessible(Classes.Field field, String through) {
        ClassNode reader = host.owner();
        boolean samePackage = Names.packageOf(reader.name).equals(Names.packageOf(field.owner().name));
        if (field.is(ACC_PRIVATE)) {
            return proof.classes().nest(field.owner()).stream().anyMatch(mate -> mate.name.equals(reader.name));
        }
        boolean typePublic = proof.classes().find(through).filter(type -> (type.access & ACC_PUBLIC) != 0).isPresent();
        return samePackage || field.is(ACC_PUBLIC) && typePublic;
    }

    private <T> Optional<T> refuse(String found, String expected) {
        proof.refuse(host, call < 0 ? 0 : MethodCode.line(code.at(call)), found, expected, FIX);
        return Optional.empty();
    }
}
