package io.usr1.weaver;

import io.usr1.weaver.code.Names;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A target that names fingerprints is for those versions of the library only: the digest is over every class that the
 * proof reads, so that a shape which nobody has looked at is refused even if each rule would let it pass.
 */
final class FingerprintRule {

    private final Proof proof;
    private final ClassSource source;

    FingerprintRule(Proof proof, ClassSource source) {
        this.proof = proof;
        this.source = source;
    }

    /** To be called last, when all that the proof reads is known. */
    Fingerprint check() {
        Fingerprint found = digest();
        Map<String, String> expected = proof.target().fingerprints();
        if (!expected.isEmpty() && expected.values().stream().noneMatch(found.hex()::startsWith)) {
            proof.refuse("the target's classes", 0, "the fingerprint " + found.hex(), "that of a version which the target was written for ("
                    + expected.entrySet().stream().map(version -> version.getKey() + ": " + version.getValue()).collect(Collectors.joining(", ")) + ")",
                    "use a version that is listed, or look at this one and add its fingerprint");
        }
        return found;
    }

    private Fingerprint digest() {
        TreeSet<String> names = new TreeSet<>();
        proof.scope().forEach(type -> names.add(Names.binary(type.name)));
        proof.relied().stream().filter(name -> !name.startsWith("java/")).map(Names::binary).forEach(names::add);
        return Fingerprint.of(names, source);
    }
}
