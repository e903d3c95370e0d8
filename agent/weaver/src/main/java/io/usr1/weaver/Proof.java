package io.usr1.weaver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.usr1.target.MethodRef;
import io.usr1.target.Ownership;
import io.usr1.target.Target;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;

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
    private final Map<MethodNode, Optional<MethodCode>> codes = new LinkedHashMap<>();
    private final List<PlannedSite> sites = new ArrayList<>();
    private int paths;

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

    /** The one kind of ownership there is so far. */
    Ownership.ReplacesCarrier ownership() {
        return (Ownership.ReplacesCarrier) target.ownership();
    }

    /** What is not there at all comes first: much of the rest is often the same wrong name seen from elsewhere. */
    List<Refusal> refusals() {
        return refusals.stream().sorted(Comparator.comparing((Refusal refusal) -> !refusal.found().startsWith(MISSING))).toList();
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

    /** The method, declared by the class that the target names, or empty and a refusal. */
    Optional<Classes.Method> method(MethodRef wanted) {
        Optional<ClassNode> owner = type(wanted.owner());
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        List<MethodNode> found = owner.get().methods.stream().filter(node -> Names.matches(wanted, node.name, node.desc)).toList();
        if (found.size() != 1) {
            refuse(wanted.toString(), 0, found.isEmpty() ? "no such method" : found.size() + " methods of that name",
                    "one method that the class itself declares",
                    found.isEmpty() ? "check the name, the parameters and the library's version" : "add the parameter types to the target");
            return Optional.empty();
        }
        return Optional.of(new Classes.Method(owner.get(), found.get(0)));
    }

    /** The method's code, or empty and a refusal. */
    Optional<MethodCode> code(Classes.Method method) {
        return codes.computeIfAbsent(method.node(), node -> {
            if (node.instructions.size() == 0) {
                refuse(method, 0, "a method without code", "a method with code", "name the method that implements it");
                return Optional.empty();
            }
            try {
                return Optional.of(MethodCode.of(classes, method.owner(), node));
            } catch (AnalyzerException | RuntimeException unreadable) {
                refuse(method, 0, "code that cannot be followed (" + unreadable.getMessage() + ")",
                        "code without subroutines (jsr, ret)", "leave this class alone");
                return Optional.empty();
            }
        });
    }

    /** The classes that the proof reads as a whole: those the target names, and their nest mates. */
    List<ClassNode> scope() {
        Set<String> names = new LinkedHashSet<>(target.wovenClasses());
        names.add(ownership().carrierField().owner());
        names.add(ownership().contextField().owner());
        names.add(ownership().takeover().owner());
        // Of a class of the JDK the proof knows what it does without reading it.
        target.locks().stream().map(lock -> lock.place().owner()).filter(owner -> !owner.startsWith("java.")).forEach(names::add);
        names.addAll(target.reads());
        target.regions().forEach(region -> region.whenClear().forEach(line -> names.add(line.owner())));
        Map<String, ClassNode> scope = new LinkedHashMap<>();
        names.forEach(name -> classes.find(Names.internal(name))
                .ifPresent(type -> classes.nest(type).forEach(mate -> scope.put(mate.name, mate))));
        names.forEach(name -> classes.find(Names.internal(name)).ifPresent(type -> scope.put(type.name, type)));
        return List.copyOf(scope.values());
    }

    /** Notes that the proof read a body of that class, which is not woven: it must be defined as it was read. */
    void rely(ClassNode type) {
        relied.add(type.name);
    }

    Set<String> relied() {
        return relied;
    }

    /** @return the site's number */
    int site(String role, Classes.Method method, int line, PlannedSite.Kind kind) {
        int number = kind == PlannedSite.Kind.BYPASS || kind == PlannedSite.Kind.LOCK
                ? (int) sites.stream().filter(site -> site.index() >= 0).count() : -1;
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
