package io.usr1.weaver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.usr1.target.CarrierSpec;
import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;
import io.usr1.target.Ownership;
import io.usr1.target.Target;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** The proof of one target under way: what was read, what was refused so far, what the result relies on. One thread. */
final class Proof {

    private static final String MISSING = "no such ";

    private final Target target;
    private final Classes classes;
    private final Set<Refusal> refusals = new LinkedHashSet<>();
    private final Set<String> relied = new TreeSet<>();
    private final List<GuardedField> guarded = new ArrayList<>();
    private final Set<FieldRef> watched = new LinkedHashSet<>();
    private final Set<String> sealed = new TreeSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<Classes.Method> closed = new LinkedHashSet<>();
    private final Set<Classes.Method> kept = new LinkedHashSet<>();
    private final Map<FieldRef, Classes.Method> asking = new LinkedHashMap<>();
    private final Map<MethodNode, Optional<MethodCode>> codes = new LinkedHashMap<>();
    private final Calls calls = new Calls(this);
    private final List<PlannedSite> sites = new ArrayList<>();
    private final Map<String, List<Ownership.Layer>> roles = new HashMap<>();
    private List<ClassNode> scope;
    private int paths;
    private boolean ended;

    Proof(Target target, Classes classes) {
        this.target = target;
        this.classes = classes;
    }

    Target target() {
        return target;
    }

    Classes classes() {
        return classes;
    }

    /** The target's ownership, if a takeover replaces the carrier. */
    Optional<Ownership.ReplacesCarrier> replaces() {
        return target.ownership() instanceof Ownership.ReplacesCarrier replaces ? Optional.of(replaces) : Optional.empty();
    }

    /** The layers of a connection, each with a carrier that a takeover replaces; none with another ownership. */
    List<Ownership.Layer> layers() {
        return replaces().map(Ownership.ReplacesCarrier::layers).orElse(List.of());
    }

    /** The carrier of that layer; the reader has checked that there is one. */
    CarrierSpec carrier(Ownership.Layer layer) {
        return target.carriers().stream().filter(carrier -> carrier.layer().equals(layer.name())).findFirst().orElse(target.carrier());
    }

    /** How a sentence names the layer: not at all where there is one. */
    String of(Ownership.Layer layer) {
        return target.carriers().size() > 1 ? " of layer '" + layer.name() + "'" : "";
    }

    /** A1: the wakes of two layers are counted apart, or one of them that never bypasses is hidden by the other. */
    void role(Classes.Method region, String role, List<Ownership.Layer> layers) {
        List<Ownership.Layer> known = roles.putIfAbsent(role, layers);
        if (known != null && Collections.disjoint(known, layers) && !known.isEmpty() && !layers.isEmpty()) {
            refuse(region, 0, "the role '" + role + "' for wakes" + of(layers.get(0)) + " and" + of(known.get(0)), "a role of its own for each layer",
                    "give one of the regions another 'role'");
        }
    }

    /** What tells the sites of one layer from those of another; empty where there is one layer. */
    String suffix(PathRule path) {
        return target.carriers().size() > 1 && path.layers().size() == 1 ? "-" + path.layers().get(0).name() : "";
    }

    /** The one final field in which a layer's own object knows its connection; empty if there is none, or several. */
    Optional<Classes.Field> back(Ownership.Layer layer) {
        return PathFields.back(classes, layer);
    }

    /** The methods that move a connection to another thread, of whichever ownership. */
    List<MethodRef> takeovers() {
        if (target.ownership() instanceof Ownership.MovesOwner moves) {
            return moves.takeovers();
        }
        return replaces().map(replaces -> List.of(replaces.takeover())).orElse(List.of());
    }

    /** What is not there at all comes first: much of the rest is often the same wrong name seen from elsewhere. */
    List<Refusal> refusals() {
        List<Refusal> all = new ArrayList<>(refusals.stream().filter(refusal -> refusal.found().startsWith(MISSING)).toList());
        all.addAll(refusals.stream().filter(refusal -> !refusal.found().startsWith(MISSING)).toList());
        return List.copyOf(all);
    }

    void refuse(String where, int line, String found, String expected, String todo) {
        refusals.add(new Refusal(target.name(), where, line, found, expected, todo));
    }

    void refuse(Classes.Method where, int line, String found, String expected, String todo) {
        refuse(Names.method(where.owner(), where.node()), line, found, expected, todo);
    }

    /** The class, or empty and a refusal. */
    Optional<ClassNode> type(String binaryName) {
        Optional<ClassNode> found = classes.find(Names.internal(binaryName));
        if (found.isEmpty()) {
            refuse(binaryName, 0, "no such class", "the class that the target names", "check the name and the library's version");
        }
        return found;
    }

    /** The method, declared by the class that the target names, or the body of the lambda; or empty and a refusal. */
    Optional<Classes.Method> method(MethodRef wanted) {
        Optional<ClassNode> owner = type(wanted.owner());
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        List<MethodNode> found = owner.get().methods.stream().filter(node -> Names.matches(wanted, node.name, node.desc)).toList();
        // What javac adds to bridge generic and plain parameters is not what a person means.
        List<MethodNode> written = found.stream().filter(node -> (node.access & Opcodes.ACC_BRIDGE) == 0).toList();
        found = found.size() > 1 && !written.isEmpty() ? written : found;
        if (found.size() != 1) {
            refuse(wanted.toString(), 0, found.isEmpty() ? "no such method" : found.size() + " methods of that name",
                    "one method that the class itself declares",
                    found.isEmpty() ? "check the name, the parameters and the library's version" : "add the parameter types to the target");
            return Optional.empty();
        }
        Classes.Method method = new Classes.Method(owner.get(), found.get(0));
        return wanted.lambdaTo() == null ? Optional.of(method) : Lambdas.body(this, method, wanted.lambdaTo());
    }

    /** The method's code, or empty and a refusal. */
    Optional<MethodCode> code(Classes.Method method) {
        return codes.computeIfAbsent(method.node(), node -> {
            if (node.instructions.size() == 0) {
                refuse(method, 0, "a method without code", "a method with code", "name the method that implements it");
                return Optional.empty();
            }
            try {
                return Optional.of(classes.code(method.owner(), node));
            } catch (AnalyzerException | RuntimeException unreadable) {
                refuse(method, 0, "code that cannot be followed (" + unreadable.getMessage() + ")",
                        "code without subroutines (jsr, ret)", "leave this class alone");
                return Optional.empty();
            }
        });
    }

    /** The classes that the proof reads as a whole: those the target names, and their nest mates. */
    List<ClassNode> scope() {
        scope = scope == null ? read() : scope;
        return scope;
    }

    private List<ClassNode> read() {
        Set<String> names = new LinkedHashSet<>(target.wovenClasses());
        layers().forEach(layer -> names.addAll(List.of(layer.connection(), layer.carrierField().owner(), layer.contextField().owner())));
        if (target.ownership() instanceof Ownership.MovesOwner moves) {
            names.add(moves.owner().owner());
        }
        if (target.ownership() instanceof Ownership.Exclusive exclusive) {
            exclusive.callers().forEach(caller -> names.add(caller.method().owner()));
        }
        takeovers().forEach(takeover -> names.add(takeover.owner()));
        // Of a class of the JDK the proof knows what it does without reading it.
        target.locks().stream().map(lock -> lock.place().owner()).filter(owner -> !owner.startsWith("java.")).forEach(names::add);
        names.addAll(target.reads());
        target.bypasses().forEach(bypass -> bypass.whenClear().forEach(line -> names.add(line.owner())));
        Map<String, ClassNode> types = new LinkedHashMap<>();
        names.forEach(name -> classes.find(Names.internal(name)).filter(type -> !type.name.startsWith("java/"))
                .ifPresent(type -> classes.family(type).forEach(mate -> types.put(mate.name, mate))));
        return List.copyOf(types.values());
    }

    /** Notes that the proof read a body of that class, which is not woven: it must be defined as it was read. */
    void rely(ClassNode type) {
        relied.add(type.name);
    }

    Set<String> relied() {
        return relied;
    }

    /** Notes that all callers of the method were listed: a later class of its package must not be one more. */
    void close(Classes.Method method) {
        closed.add(method);
    }

    /** Asks something that the result does not rest on: what it looked at need not stay as it is. */
    <T> T aside(Supplier<T> question) {
        Set<String> reliedBefore = Set.copyOf(relied);
        Set<Classes.Method> closedBefore = Set.copyOf(closed);
        Set<String> sealedBefore = Set.copyOf(sealed);
        T answer = question.get();
        relied.retainAll(reliedBefore);
        closed.retainAll(closedBefore);
        sealed.retainAll(sealedBefore);
        return answer;
    }

    Set<Classes.Method> closed() {
        return closed;
    }

    /**
     * Notes a field whose writes the result rests on.
     *
     * @return false if the proof has ended: what is asked while later classes are looked at can rest on nothing new
     */
    boolean guard(GuardedField field) {
        // One field may have to be two things: written in constructors only, and written with a new object only.
        boolean known = guarded.stream().anyMatch(one -> one.owner().equals(field.owner()) && one.name().equals(field.name()) && one.expected().equals(field.expected()));
        if (!known && !ended) {
            guarded.add(field);
        }
        return known || !ended;
    }

    /** Nothing more can be relied on. */
    void end() {
        ended = true;
    }

    List<GuardedField> guarded() {
        return guarded;
    }

    /** Notes that all uses of the field were looked at: a later class must not use it. */
    void watch(FieldRef field) {
        watched.add(field);
    }

    Set<FieldRef> watched() {
        return watched;
    }

    /** Which of the methods call which. */
    Calls calls() {
        return calls;
    }

    /**
     * Relies on a method that could be overridden not being so: its class is woven to ask that of each new object.
     *
     * @return false if it cannot ask, or if a class that was read overrides the method
     */
    boolean keep(Classes.Method method) {
        boolean asks = target.wovenClasses().contains(Names.binary(method.owner().name)) && method.node().desc.startsWith("()")
                && !method.is(Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT) && (method.owner().version & 0xFFFF) >= Opcodes.V1_5;
        boolean overridden = scope().stream().anyMatch(type -> type != method.owner() && classes.supertypes(type).contains(method.owner().name)
                && type.methods.stream().anyMatch(node -> node.name.equals(method.node().name) && node.desc.startsWith("()")));
        if (asks && !overridden) {
            kept.add(method);
        }
        return asks && !overridden;
    }

    /** Remembers a method that is false or null exactly if that field is. */
    void asks(FieldRef field, Classes.Method method) {
        asking.put(field, method);
    }

    /** Such a method that cannot be overridden. */
    Optional<Classes.Method> asking(String owner, String field) {
        return Optional.ofNullable(asking.get(new FieldRef(Names.binary(owner), field)))
                .filter(method -> method.is(Opcodes.ACC_FINAL) || (method.owner().access & Opcodes.ACC_FINAL) != 0);
    }

    /** Methods of which each new object is asked whether its class overrides them. */
    Set<Classes.Method> kept() {
        return kept;
    }

    /** Notes that the result rests on there being no other subclass of it than those that were read. */
    void seal(ClassNode type) {
        if ((type.access & Opcodes.ACC_FINAL) == 0) {
            sealed.add(type.name);
        }
    }

    /** Internal names of the classes that a later class must not extend. */
    Set<String> sealed() {
        return sealed;
    }

    /** Says what the result rests on beside what was proved. */
    void note(String sentence) {
        notes.add(sentence);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** @return the site's number */
    int site(String role, Classes.Method method, int line, PlannedSite.Kind kind) {
        int number = kind == PlannedSite.Kind.SET || kind == PlannedSite.Kind.CLEAR
                ? -1 : (int) sites.stream().filter(site -> site.index() >= 0).count();
        sites.add(new PlannedSite(role, Names.method(method.owner(), method.node()), line, kind, number));
        return number;
    }

    List<PlannedSite> sites() {
        return List.copyOf(sites);
    }

    int nextPath() {
        return paths++;
    }
}
