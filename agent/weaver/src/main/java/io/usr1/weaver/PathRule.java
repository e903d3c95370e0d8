package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.usr1.target.CarrierPath;
import io.usr1.target.CarrierSpec;
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
    private PathFields way;
    private List<Ownership.Layer> layers;

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
        Optional<Type> rootType = rootType(true);
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
        String end = Names.binary(type);
        if (proof.target().carriers().stream().noneMatch(carrier -> carrier.type().equals(end))) {
            return refuse("a path that ends at " + end, "the carrier " + proof.target().carriers().stream().map(CarrierSpec::type).distinct().collect(Collectors.joining(" or ")));
        }
        List<ClassWeave.Step> through = steps.stream().filter(step -> step.name() != null).toList();
        int absent = -1;
        if (!through.isEmpty() && proof.replaces().isPresent()) {
            if (layers().isEmpty()) {
                return refuse("a path '" + path + "' that ends in another field", "the carrier itself or " + proof.layers().stream()
                        .map(layer -> layer.carrierField().toString()).collect(Collectors.joining(" or ")));
            }
            Ownership.Layer layer = layers().get(0);
            if (layer.via() != null && through.size() > 1) {
                ClassWeave.Step via = through.get(through.size() - 2);
                if (proof.classes().field(via.owner(), via.name()).filter(field -> Names.is(layer.via(), field)).isEmpty()) {
                    return refuse("a path '" + path + "' to layer '" + layer.name() + "' by another field", "one through " + layer.via());
                }
                absent = steps.indexOf(via);
            }
        }
        // What a takeover replaces is looked after by the ownership's own rule.
        for (int i = 0; i < through.size() - (proof.replaces().isPresent() ? 1 : 0); i++) {
            keeps(through.get(i), i == through.size() - 1 && PathFields.ofConnections(proof.target()));
        }
        ClassWeave.From from = switch (path.root()) {
            case RETURNED -> ClassWeave.From.RETURNED;
            case PASSED -> ClassWeave.From.PASSED;
            case EACH -> ClassWeave.From.EACH;
            default -> ClassWeave.From.LOCAL;
        };
        return Optional.of(new ClassWeave.Path(proof.nextPath(), from, from == ClassWeave.From.PASSED ? path.index() : slot(), root, steps, absent, null));
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
            return Optional.of(new ClassWeave.Path(decided.number(), decided.from(), decided.slot(), decided.root(), decided.steps(), -1, last ? null : carrier.name));
        });
    }

    /**
     * The layers whose carrier the path may lead to: the one in whose field it ends; where it has no field, those of the
     * carrier's class. None if the target has no layers, or if the path leads nowhere.
     */
    List<Ownership.Layer> layers() {
        if (layers == null) {
            layers = proof.replaces().isEmpty() ? List.of() : ending();
        }
        return layers;
    }

    private List<Ownership.Layer> ending() {
        if (!way().whole()) {
            return List.of();
        }
        Classes.Field field = fields().isEmpty() ? null : fields().get(fields().size() - 1);
        String end = Names.binary(way().end());
        return proof.layers().stream().filter(layer -> field == null ? proof.carrier(layer).type().equals(end) : Names.is(layer.carrierField(), field)).toList();
    }

    /** Of how many of the path's fields the connection is found behind; the carrier counts for it where there is no field. */
    private int connection() {
        int count = fields().size();
        boolean below = count > 1 && !layers().isEmpty() && layers().get(0).via() != null;
        return Math.max(0, below ? count - 2 : count - 1);
    }

    /**
     * From the root to the object of which a field may say "listed": the connection where the path passes it, or where the
     * path starts at a layer's own object that knows it; else the carrier itself.
     */
    List<ClassWeave.Step> subject(ClassWeave.Path decided) {
        int count = fields().size();
        if (count == 1 && !layers().isEmpty() && layers().get(0).via() != null) {
            Optional<Classes.Field> back = proof.back(layers().get(0)).filter(field -> accessible(field, field.owner().name));
            if (back.isPresent()) {
                List<ClassWeave.Step> steps = new ArrayList<>(decided.steps().stream().takeWhile(ClassWeave.Step::isCast).toList());
                steps.add(new ClassWeave.Step(back.get().owner().name, back.get().node().name, back.get().node().desc));
                return steps;
            }
        }
        int fields = 0;
        for (int i = 0; i < decided.steps().size(); i++) {
            if (!decided.steps().get(i).isCast() && fields++ == connection()) {
                return decided.steps().subList(0, i);
            }
        }
        return decided.steps();
    }

    /** The fields of the {@link #subject} that say "listed" and that the woven class may read, or methods that ask them. */
    List<ClassWeave.Step> readable(ClassWeave.Path decided, List<GuardedField> listed) {
        List<ClassWeave.Step> fields = new ArrayList<>();
        List<ClassWeave.Step> subject = subject(decided);
        String connection = subject.isEmpty() ? decided.root() : subject.get(subject.size() - 1).type();
        for (GuardedField field : listed) {
            proof.classes().field(connection, field.name()).filter(found -> found.owner().name.equals(field.owner()) && !found.is(ACC_STATIC)).ifPresent(found -> {
                if (accessible(found, connection)) {
                    fields.add(new ClassWeave.Step(connection, field.name(), found.node().desc));
                } else {
                    proof.asking(field.owner(), field.name()).filter(method -> new Access(proof.classes(), host.owner()).calls(method, connection))
                            .ifPresent(method -> fields.add(new ClassWeave.Step(connection, method.node().name, method.node().desc)));
                }
            });
        }
        return fields;
    }

    /** Whether a value of the host method is the carrier, its connection or layer, or one of these as the carrier knows it. */
    boolean isSubject(Sym value) {
        int count = fields().size();
        for (int steps = connection(); steps <= count; steps++) {
            if (reaches(value, steps)) {
                return true;
            }
        }
        return isContext(value) || isBehind(value);
    }

    /** Whether a value is the connection as the layer's own object knows it. */
    boolean isBehind(Sym value) {
        int count = fields().size();
        return value instanceof Sym.FieldOf field && field.owner() != null && (count > 0 && reaches(field.owner(), count - 1) || isContext(field.owner()))
                && layers().stream().anyMatch(layer -> proof.back(layer).filter(back -> field.is(back.owner().name, back.node().name)).isPresent());
    }

    private boolean isContext(Sym value) {
        return value instanceof Sym.FieldOf field && field.owner() != null && reaches(field.owner(), fields().size())
                && layers().stream().anyMatch(layer -> Names.is(layer.contextField(), value));
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

    /** @param says a refusal where there is none */
    private Optional<Type> rootType(boolean says) {
        Type[] arguments = Type.getArgumentTypes(host.node().desc);
        return switch (path.root()) {
            case THIS -> host.is(ACC_STATIC) ? none(says, "no 'this' in a static method", "a root that the method has")
                    : Optional.of(Type.getObjectType(host.owner().name));
            case ARGUMENT -> path.index() < arguments.length ? Optional.of(arguments[path.index()])
                    : none(says, "no argument " + path.index(), "a root that the method has");
            case RETURNED -> Optional.of(Type.getReturnType(call < 0 ? host.node().desc : callee().desc));
            case PASSED -> path.index() < Type.getArgumentTypes(callee().desc).length ? Optional.of(Type.getArgumentTypes(callee().desc)[path.index()])
                    : none(says, "no argument " + path.index() + " of the call", "a root that the call has");
            case EACH -> Optional.of(Type.getObjectType("java/lang/Object"));
        };
    }

    private Optional<Type> none(boolean says, String found, String expected) {
        if (says) {
            refuse(found, expected);
        }
        return Optional.empty();
    }

    private MethodInsnNode callee() {
        return (MethodInsnNode) code.at(call);
    }

    private int slot() {
        return path.root() == CarrierPath.Root.ARGUMENT ? argumentSlot(host, path.index()) : 0;
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

    private PathFields way() {
        if (way == null) {
            way = PathFields.of(proof.classes(), rootType(false).filter(root -> root.getSort() == Type.OBJECT).map(Type::getInternalName).orElse(""), path);
        }
        return way;
    }

    private List<Classes.Field> fields() {
        return way().fields();
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
        // By the class that declares it, too: a subclass may have another field of that name.
        return value instanceof Sym.FieldOf field && field.owner() != null && steps <= fields().size()
                && field.is(fields().get(steps - 1).owner().name, fields().get(steps - 1).node().name) && reaches(field.owner(), steps - 1);
    }

    /** A mark and an insert that take the same path reach the same carrier only if nothing on the way is written in between. */
    private void keeps(ClassWeave.Step step, boolean own) {
        proof.classes().field(step.owner(), step.name()).ifPresent(field -> {
            if (field.is(ACC_PUBLIC | ACC_PROTECTED) && !field.is(ACC_FINAL)) {
                refuse("a field " + Names.binary(field.owner().name) + "." + step.name() + " on the way to the carrier that any class may write", "a final, private or package-private one");
            }
            // A carrier that two connections share would be cleared for the one while the other is listed.
            proof.guard(new GuardedField(field.owner().name, step.name(), own ? "a constructor's write of a new carrier, because a path to the carrier ends in it"
                    : "a constructor's write, because a path to the carrier goes through it",
                    "name the takeover that replaces carriers, as 'replaces-carrier', or another path",
                    List.of(write -> write.inConstructorOf(field.owner().name) && (!own || write.value() instanceof Sym.Made))));
        });
    }

    boolean accessible(Classes.Field field, String through) {
        return new Access(proof.classes(), host.owner()).reads(field, through);
    }

    private <T> Optional<T> refuse(String found, String expected) {
        proof.refuse(host, call < 0 ? 0 : MethodCode.line(code.at(call)), found, expected, FIX);
        return Optional.empty();
    }
}
