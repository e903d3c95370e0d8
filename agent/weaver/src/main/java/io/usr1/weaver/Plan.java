package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.ACC_PRIVATE;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.FieldRef;
import io.usr1.target.MethodRef;
import io.usr1.target.Target;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Verification;
import io.usr1.weaver.weave.ClassWeave;
import io.usr1.weaver.weave.ClassWeaver;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A proved target: what to weave, and what to watch while classes are defined. Immutable, any thread.
 *
 * <p>It keeps the {@link ClassSource} that it was proved with, for {@link #inspect}; whoever keeps a plan keeps that alive.
 */
public final class Plan implements Verdict {

    private final Target target;
    private final Fingerprint fingerprint;
    private final List<PlannedSite> sites;
    private final Map<String, ClassWeave> weaves;
    private final List<GuardedField> guarded;
    private final ClassSource source;
    private final BirthRule birth;
    private final Set<MethodRef> closed = new HashSet<>();
    private final Set<FieldRef> watched;
    private final Set<String> sealed;
    private final List<String> notes;
    private final Map<String, byte[]> digests;
    /** The class files themselves, while nobody needs the memory: comparing them is cheaper, and soon they are defined. */
    private final SoftReference<Map<String, byte[]>> read;
    private final Set<String> relied = new HashSet<>();
    private final Set<String> packages = new HashSet<>();

    Plan(Proof proof, Map<String, ClassWeave> weaves, List<GuardedField> guarded, ClassSource source, Fingerprint fingerprint, Map<String, byte[]> read) {
        this.fingerprint = fingerprint;
        this.digests = fingerprint.digests();
        this.read = new SoftReference<>(read);
        this.target = proof.target();
        this.sites = proof.sites();
        this.weaves = Map.copyOf(weaves);
        this.guarded = List.copyOf(guarded);
        this.source = source;
        proof.relied().stream().filter(name -> !name.startsWith("java/")).map(Names::binary).forEach(relied::add);
        relied.addAll(weaves.keySet());
        this.birth = BirthRule.of(proof);
        this.watched = Set.copyOf(proof.watched());
        this.sealed = Set.copyOf(proof.sealed());
        this.notes = proof.notes();
        watched.forEach(field -> packages.add(Names.packageOf(field.owner())));
        sealed.forEach(name -> packages.add(Names.packageOf(name)));
        for (Classes.Method method : proof.closed()) {
            closed.add(Names.reference(method));
            packages.add(Names.packageOf(method.owner().name));
        }
        for (GuardedField field : guarded) {
            boolean shared = proof.classes().field(field.owner(), field.name()).filter(found -> found.is(ACC_PRIVATE)).isEmpty();
            if (shared) {
                packages.add(Names.packageOf(field.owner()));
            }
        }
    }

    public Target target() {
        return target;
    }

    /** What the proof takes from the target's word, or audit cannot see: sentences, maybe none. */
    public List<String> notes() {
        return notes;
    }

    /** Digest of every class that the proof read, as a target's {@code fingerprint} names it: 64 hexadecimal digits. */
    public String fingerprint() {
        return fingerprint.hex();
    }

    /** Binary names of the classes that are woven. */
    public Set<String> classes() {
        return weaves.keySet();
    }

    /** In the order of their numbers, marks last; see {@link PlannedSite#index}. */
    public List<PlannedSite> sites() {
        return sites;
    }

    /**
     * What is to be done to one class, for whoever shows it to a person.
     *
     * @param binaryName one of {@link #classes}
     */
    public ClassWeave decided(String binaryName) {
        return weaves.get(binaryName);
    }

    /**
     * Compares a class that is about to be defined with the one that was proved.
     *
     * @param binaryName one of {@link #classes}
     * @param bytes      as they come to the transformer
     * @return a refusal if they differ: the gate must be shut for ever then, and the class left as it is
     */
    public Optional<Refusal> mismatch(String binaryName, byte[] bytes) {
        if (!relied.contains(binaryName) || asProved(binaryName, bytes)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(target.name(), binaryName, 0, "other bytes than those that were proved", "the class file as its loader has it as a resource",
                "list this agent before the one that changes the class, or exclude the class there"));
    }

    /**
     * Weaves a class. The same input gives the same bytes, so it can be repeated on each retransformation.
     *
     * @param binaryName one of {@link #classes}
     * @param bytes      for which {@link #mismatch} is empty
     * @param gateNumber of the gate that serves the class's loader
     * @throws RuntimeException if the class cannot be written, as when a method becomes too large; the caller must shut
     *                          the gate then and leave the class as it is
     */
    public byte[] weave(String binaryName, byte[] bytes, int gateNumber) {
        // Only the class itself is looked at, so that what other classes are there cannot change the result.
        Classes alone = new Classes(name -> name.equals(binaryName) ? bytes : null);
        return ClassWeaver.weave(alone, weaves.get(binaryName), binaryName, bytes, gateNumber);
    }

    /**
     * Whether the JVM would verify a class as it was woven. It reads what it needs of the classes around, and loads none.
     *
     * @param binaryName one of {@link #classes}
     * @param woven      what {@link #weave} made of the bytes
     * @return a refusal if not: the class must be left as it is then, and the gate shut for ever
     */
    public Optional<Refusal> unverifiable(String binaryName, byte[] bytes, byte[] woven) {
        Classes around = new Classes(name -> name.equals(binaryName) ? bytes : source.bytes(name));
        return Verification.of(around, bytes, woven).map(fault -> new Refusal(target.name(), fault.method(), 0, "woven code that the JVM would not verify: " + fault.what(),
                "code that it does", "please report this with the class"));
    }

    /** True for a class that is not woven but must be inspected: the proof read it, or it can write what the proof rests on. */
    public boolean guards(String binaryName) {
        return !weaves.containsKey(binaryName) && (digests.containsKey(binaryName) || packages.contains(Names.packageOf(binaryName)));
    }

    /**
     * Looks at such a class before it is defined.
     *
     * @param bytes as they come to the transformer
     * @return a refusal if it differs from what was proved or does what only the target's methods may do: the gate must
     *         be shut for ever then, before the class can run
     */
    public Optional<Refusal> inspect(String binaryName, byte[] bytes) {
        if (asProved(binaryName, bytes)) {
            return Optional.empty();
        }
        Optional<Refusal> other = mismatch(binaryName, bytes);
        if (other.isPresent()) {
            return other;
        }
        ClassNode type = Classes.parse(bytes);
        Classes classes = new Classes(name -> name.equals(binaryName) ? bytes : source.bytes(name));
        for (GuardedField field : guarded) {
            for (GuardedField.Fault fault : field.faults(classes, type)) {
                return Optional.of(refusal(fault, field.expected(), field.todo()));
            }
        }
        for (GuardedField.Fault fault : birth.faults(classes, type)) {
            return Optional.of(refusal(fault, BirthRule.EXPECTED, BirthRule.TODO));
        }
        if (sealed.contains(type.superName)) {
            return Optional.of(new Refusal(target.name(), binaryName, 0, "a subclass of " + Names.binary(type.superName) + " that was not proved",
                    "only the classes that the proof read", "name the class in 'reads'"));
        }
        Optional<Refusal> used = watched.stream().flatMap(field -> uses(classes, type, field).stream()).findFirst();
        if (used.isPresent()) {
            return used;
        }
        return closed.stream().flatMap(method -> calls(classes, type, method).stream()).findFirst();
    }

    private Refusal refusal(GuardedField.Fault fault, String expected, String todo) {
        return new Refusal(target.name(), Names.method(fault.method().owner(), fault.method().node()), fault.line(), fault.found(), expected, todo);
    }

    /** A use of a collection that was not there when its uses were looked at. */
    private Optional<Refusal> uses(Classes classes, ClassNode type, FieldRef watched) {
        for (MethodNode method : classes.mentions(type).names(watched.name()) ? type.methods : List.<MethodNode>of()) {
            for (AbstractInsnNode insn : method.instructions) {
                if (MembershipRule.handles(classes, insn, watched) || insn instanceof FieldInsnNode field && field.name.equals(watched.name()) && classes.field(field.owner, field.name)
                        .filter(found -> found.owner().name.equals(Names.internal(watched.owner()))).isPresent()) {
                    return Optional.of(new Refusal(target.name(), Names.method(type, method), MethodCode.line(insn), "a use of " + watched
                            + " in a class that was not proved", "only the uses that the proof read", "name the class in 'reads'"));
                }
            }
        }
        return Optional.empty();
    }

    /** A call, or a method reference, that was not there when the method's callers were listed. */
    private Optional<Refusal> calls(Classes classes, ClassNode type, MethodRef closed) {
        for (MethodNode method : classes.mentions(type).names(closed.name()) ? type.methods : List.<MethodNode>of()) {
            for (AbstractInsnNode insn : method.instructions) {
                if (Callers.mentions(classes, insn, closed)) {
                    return Optional.of(new Refusal(target.name(), Names.method(type, method), MethodCode.line(insn), "a call of " + closed.owner() + "#" + closed.name()
                            + " in a class that was not proved", "only the callers that the proof read", "name the class in 'reads'"));
                }
            }
        }
        return Optional.empty();
    }

    private boolean asProved(String binaryName, byte[] bytes) {
        byte[] digest = digests.get(binaryName);
        if (digest == null) {
            return false;
        }
        Map<String, byte[]> kept = read.get();
        return kept != null && Arrays.equals(bytes, kept.get(binaryName)) || Arrays.equals(digest, Fingerprint.digest(bytes));
    }
}
