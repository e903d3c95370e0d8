package io.usr1.weaver.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * What the JVM's verifier will say of woven code, before the JVM is given it: of a class that was refused there is no way
 * back, each use of it throws a VerifyError in the application.
 *
 * <p>Type checking by stack map frames as JVMS 4.10.1 has it, one pass over each method, the frame at each jump's target
 * compared with what comes there. That is where a weaver errs, because it writes frames itself; ASM's own verifiers do not look
 * at them. Class files before Java 7 are inferred, as the JVM does or may do. Only methods that differ from those before are
 * looked at: the compiler answers for the others. Access to members is not checked here; it fails when the instruction runs.
 */
public final class Verification {

    private Verification() {
    }

    /** A method of which the JVM would refuse the class, and what is wrong there. */
    public record Fault(String method, String what) {
    }

    /**
     * @param classes for the classes around it
     * @param before  the class file that was woven
     * @param woven   what it came to
     */
    public static Optional<Fault> of(Classes classes, byte[] before, byte[] woven) {
        ClassNode old = Classes.parse(before);
        ClassNode host;
        try {
            host = Classes.parse(woven);
        } catch (RuntimeException unreadable) {
            return Optional.of(new Fault(Names.binary(old.name), "the class file cannot be read (" + unreadable + ")"));
        }
        Optional<Fault> twice = twice(host);
        if (twice.isPresent()) {
            return twice;
        }
        boolean infer = (host.version & 0xFFFF) < Opcodes.V1_7;
        TypeRules rules = new TypeRules(classes, host, !infer);
        for (MethodNode method : host.methods) {
            if (method.instructions.size() == 0 || SameCode.in(old, method)) {
                continue;
            }
            try {
                if (infer) {
                    new Analyzer<>(rules).analyze(host.name, method);
                } else {
                    new TypeChecker(rules, host, method).check();
                }
            } catch (AnalyzerException | IndexOutOfBoundsException fault) {
                return Optional.of(new Fault(Names.method(host, method), String.valueOf(fault.getMessage()).strip().lines().findFirst().orElse("")));
            }
        }
        return Optional.empty();
    }

    /** No verification, but what the JVM does before: members are told apart by name and descriptor. */
    private static Optional<Fault> twice(ClassNode host) {
        Set<String> seen = new HashSet<>();
        List<String> members = new ArrayList<>();
        host.fields.forEach(field -> members.add(field.name + " " + field.desc));
        host.methods.forEach(method -> members.add(method.name + method.desc));
        return members.stream().filter(member -> !seen.add(member)).findFirst().map(member -> new Fault(Names.binary(host.name), "it has " + member + " twice"));
    }
}
