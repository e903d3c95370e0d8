package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.Answer;
import io.usr1.target.Bypass;
import io.usr1.target.CarrierPath;
import io.usr1.target.SkipSpec;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call need not be made while the flag is clear: the collection of the JDK that it asks, or empties of the carrier,
 * does not hold it; or the method that it would run is proved as an {@link AnswerRule answer}.
 */
final class SkipRule {

    private static final String LEAVE = "leave this call as it is";

    private final Proof proof;
    private final SkipSpec spec;

    SkipRule(Proof proof, SkipSpec spec) {
        this.proof = proof;
        this.spec = spec;
    }

    Optional<Hosted<ClassWeave.Skip>> check() {
        Optional<Classes.Method> found = proof.method(spec.method());
        Optional<MethodCode> read = found.flatMap(proof::code);
        Optional<Integer> at = read.flatMap(code -> MarkPlace.call(proof, found.get(), code, spec.call()));
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Classes.Method method = found.get();
        MethodCode code = read.get();
        int index = at.get();
        MethodInsnNode call = (MethodInsnNode) code.at(index);
        PathRule path = new PathRule(proof, method, spec.carrier(), code, index);
        Optional<ClassWeave.Path> decided = path.checkFixed();
        Optional<ClassWeave.When> when = spec.when() == null ? Optional.empty() : MarkRule.when(proof, method, spec.when(), call.desc, true);
        Optional<ClassWeave.Value> value = AnswerRule.value(proof, method, spec.result(), call.desc);
        boolean moved = decided.filter(one -> one.from() == ClassWeave.From.LOCAL && MarkRule.assigned(method, one.slot())).isPresent();
        boolean fits = decided.isPresent() && value.isPresent() && (spec.when() == null || when.isPresent());
        if (moved || spec.carrier().root() == CarrierPath.Root.RETURNED || spec.carrier().root() == CarrierPath.Root.EACH || method.node().name.equals("<init>") || call.owner.startsWith("[")) {
            proof.refuse(method, MethodCode.line(call), moved ? "the root of the path '" + spec.carrier() + "' assigned in the method" : "a call that cannot be replaced",
                    "a carrier that is there before the call, in a method", LEAVE);
            return Optional.empty();
        }
        if (!fits || !(asks(call, code, index, path) || answers(method, code, index, call, path))) {
            return Optional.empty();
        }
        int site = proof.site(spec.role(), method, MethodCode.line(call), PlannedSite.Kind.BYPASS);
        ClassWeave.Host host = new ClassWeave.Host(method.node().name, method.node().desc);
        return Optional.of(new Hosted<>(method.owner().name, new ClassWeave.Skip(host, index, decided.get(), site, value.get(), when.orElse(null),
                listed(method, code, index, path, decided.get()))));
    }

    /** Null without {@code listed}, and where the lock is not held: what is seen there may be another thread's doing. */
    private ClassWeave.Ask listed(Classes.Method method, MethodCode code, int index, PathRule path, ClassWeave.Path decided) {
        if (proof.target().listed() == null) {
            return null;
        }
        // Aside: audit may look in vain, but a class that asks without the lock is no reason to shut the gate.
        if (!proof.aside(() -> Held.at(proof, proof.target().locks(), method, code, index).held())) {
            proof.note("Audit does not look at the flag where " + Names.method(method.owner(), method.node()) + " calls " + ((MethodInsnNode) code.at(index)).name
                    + ", because the lock is not surely held there.");
            return null;
        }
        return new AskRule(proof, method, path).ask("listed", proof.target().listed(), decided, false);
    }

    /** The call is one of a collection, and a {@code when-clear} line says what it yields. */
    private boolean asks(MethodInsnNode call, MethodCode code, int index, PathRule path) {
        int arguments = Type.getArgumentTypes(call.desc).length;
        return arguments == 1 && call.getOpcode() != INVOKESTATIC && CollectionCalls.isType(call.owner) && path.isCarrier(code.stack(index, 0))
                && spec.whenClear().stream().anyMatch(line -> line instanceof WhenClear.Asked asked && Names.matches(asked.method(), call.name, call.desc)
                        && KnownCollection.isRead(proof, asked.on(), MarkPlace.source(code, code.stack(index, 1)))
                        && spec.result().equals(new Answer.Constant(line.known() == Known.NULL ? null : line.known() == Known.TRUE ? Integer.valueOf(1) : Integer.valueOf(0))));
    }

    private boolean answers(Classes.Method method, MethodCode code, int index, MethodInsnNode call, PathRule path) {
        Optional<Classes.Method> callee = call.owner.startsWith("java/") ? Optional.empty() : proof.calls().bound(call);
        Optional<MethodCode> body = callee.flatMap(proof::code);
        if (body.isEmpty()) {
            proof.refuse(method, MethodCode.line(call), "a call of " + Names.binary(call.owner) + "." + call.name + " of which no 'when-clear' line says that it yields '" + spec.result()
                    + "', and whose code cannot be told", "a question about the carrier to a known collection, or a method that cannot be overridden", LEAVE);
            return false;
        }
        proof.rely(callee.get().owner());
        int arguments = Type.getArgumentTypes(call.desc).length;
        AnswerBody asked = new AnswerBody(proof, spec, spec.pure(), callee.get(), body.get(),
                value -> passed(code, index, value, arguments).filter(path::isCarrier).isPresent(),
                value -> passed(code, index, value, arguments).filter(path::isOnTheWay).isPresent());
        Optional<Set<Sym>> returned = asked.returned();
        if (returned.isEmpty()) {
            return false;
        }
        if (AnswerRule.yields(asked, spec.result(), returned.get())) {
            return true;
        }
        Optional<String> told = Telling.apart(spec.result(), returned.get(), call.desc).or(() -> Telling.byCall(code, index, spec.result(), returned.get()));
        told.ifPresent(why -> proof.refuse(method, MethodCode.line(call), "a call that would yield " + Telling.list(returned.get()) + " with a clear flag, " + why,
                "one that yields '" + spec.result() + "' then, or a caller that cannot tell", "correct 'result', or " + LEAVE));
        return told.isEmpty();
    }

    /** What the caller hands over for a value of the callee; only what is handed over itself, nothing reached from it. */
    private static Optional<Sym> passed(MethodCode code, int index, Sym value, int arguments) {
        return value instanceof Sym.Argument argument ? Optional.of(code.stack(index, arguments - 1 - argument.index())) : Optional.empty();
    }

    static List<SkipSpec> of(List<Bypass> bypasses) {
        return bypasses.stream().filter(SkipSpec.class::isInstance).map(SkipSpec.class::cast).toList();
    }
}
