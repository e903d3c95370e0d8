package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.Answer;
import io.usr1.target.AnswerSpec;
import io.usr1.target.Bypass;
import io.usr1.target.ObserveSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;

/**
 * A method may answer without its lock while the flag is clear: it would only read, and what it would return is the
 * answer. The answer is then the right one as of the moment at which the flag was read, whichever thread asks.
 *
 * <p>I1: clear means not listed, at every moment (see {@link OrderRule}, {@link MembershipRule}, {@link ClearRule}).
 */
final class AnswerRule {

    private static final String LEAVE = "leave this method locked";

    private final Proof proof;
    private final AnswerSpec spec;

    AnswerRule(Proof proof, AnswerSpec spec) {
        this.proof = proof;
        this.spec = spec;
    }

    Optional<Hosted<ClassWeave.Answer>> check() {
        Optional<Classes.Method> found = proof.method(spec.method());
        Optional<MethodCode> code = found.flatMap(proof::code);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        Classes.Method method = found.get();
        if (method.node().name.startsWith("<")) {
            proof.refuse(method, 0, "a constructor or initialiser", "a method", LEAVE);
            return Optional.empty();
        }
        if (method.is(ACC_SYNCHRONIZED) && !new SynchronizedRule(proof, method).check()) {
            return Optional.empty();
        }
        PathRule path = new PathRule(proof, method, spec.carrier());
        Optional<ClassWeave.Path> decided = path.checkFixed();
        Optional<ClassWeave.When> when = spec.when() == null ? Optional.empty() : MarkRule.when(proof, method, spec.when(), method.node().desc, false);
        Optional<ClassWeave.Value> value = value(proof, method, spec.answer(), method.node().desc);
        if (decided.isEmpty() || value.isEmpty() || spec.when() != null && when.isEmpty()) {
            return Optional.empty();
        }
        AnswerBody body = new AnswerBody(proof, spec, spec.pure(), method, code.get(), path::isCarrier, path::isOnTheWay);
        Optional<Set<Sym>> returned = body.returned();
        if (returned.isEmpty() || !answers(method, body, returned.get())) {
            return Optional.empty();
        }
        int site = proof.site(spec.role(), method, MethodCode.firstLine(method.node()), PlannedSite.Kind.BYPASS);
        ClassWeave.Host host = new ClassWeave.Host(method.node().name, method.node().desc);
        return Optional.of(new Hosted<>(method.owner().name, new ClassWeave.Answer(host, decided.get(), site, value.get(), when.orElse(null), body.audits())));
    }

    /** The acquisitions of the body are timed as those of a region are, unless the target observes them anyway. */
    List<Hosted<ClassWeave.Timing>> timings() {
        boolean observed = proof.target().observed().stream().anyMatch(site -> site.method().equals(spec.method()) && site.lock().equals(spec.lock()));
        boolean takes = proof.method(spec.method()).flatMap(proof::code)
                .filter(code -> !new LockFlow(code, LockOps.find(code, proof.target().lock(spec.lock()), proof.classes()).ops()).acquires().isEmpty()).isPresent();
        return observed || !takes ? List.of() : new ObserveRule(proof, new ObserveSpec(spec.role(), spec.method(), spec.lock())).check();
    }

    private boolean answers(Classes.Method method, AnswerBody body, Set<Sym> returned) {
        if (yields(body, spec.answer(), returned)) {
            return true;
        }
        Optional<String> told = Telling.apart(spec.answer(), returned, method.node().desc)
                .or(() -> Callers.closed(proof, method) ? Callers.of(proof, method).map(calls -> Telling.byCallers(proof, calls, spec.answer(), returned)).orElse(Optional.of(
                        "which is also called in a way that cannot be followed")) : Optional.of("whose callers cannot be listed"));
        told.ifPresent(why -> proof.refuse(method, 0, "a method that would return " + Telling.list(returned) + " with a clear flag, " + why,
                "one that returns '" + spec.answer() + "' then, or callers that cannot tell", "correct 'answer', or " + LEAVE));
        return told.isEmpty();
    }

    /** True if the body returns exactly the answer on every way. */
    static boolean yields(AnswerBody body, Answer answer, Set<Sym> returned) {
        if (answer instanceof Answer.ArgumentNotNull argument) {
            return body.tellsPresence(argument.index());
        }
        return returned.stream().allMatch(value -> answer instanceof Answer.Constant constant && value.equals(new Sym.Constant(constant.value()))
                || answer instanceof Answer.Argument argument && value instanceof Sym.Argument given && given.index() == argument.index());
    }

    /** The answer as it is written, or empty and a refusal. */
    static Optional<ClassWeave.Value> value(Proof proof, Classes.Method where, Answer answer, String descriptor) {
        Type returns = Type.getReturnType(descriptor);
        Type[] arguments = Type.getArgumentTypes(descriptor);
        boolean reference = returns.getSort() >= Type.ARRAY;
        boolean intLike = returns.getSort() >= Type.BOOLEAN && returns.getSort() <= Type.INT;
        ClassWeave.Value value = null;
        if (answer instanceof Answer.Nothing && returns == Type.VOID_TYPE) {
            value = new ClassWeave.Value(ClassWeave.Value.Kind.NOTHING, null);
        } else if (answer instanceof Answer.Constant constant && (constant.value() == null ? reference : intLike)) {
            value = new ClassWeave.Value(ClassWeave.Value.Kind.CONSTANT, constant.value());
        } else if (answer instanceof Answer.Argument argument && argument.index() < arguments.length && arguments[argument.index()].equals(returns)) {
            value = new ClassWeave.Value(ClassWeave.Value.Kind.ARGUMENT, argument.index());
        } else if (answer instanceof Answer.ArgumentNotNull argument && argument.index() < arguments.length && returns == Type.BOOLEAN_TYPE
                && arguments[argument.index()].getSort() >= Type.ARRAY) {
            value = new ClassWeave.Value(ClassWeave.Value.Kind.ARGUMENT_NOT_NULL, argument.index());
        }
        if (value == null) {
            proof.refuse(where, 0, "the answer '" + answer + "' where a " + returns.getClassName() + " is returned", "a fitting one", "correct 'answer' or 'result'");
        }
        return Optional.ofNullable(value);
    }

    static List<AnswerSpec> of(List<Bypass> bypasses) {
        return bypasses.stream().filter(AnswerSpec.class::isInstance).map(AnswerSpec.class::cast).toList();
    }
}
