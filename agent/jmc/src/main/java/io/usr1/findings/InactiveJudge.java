package io.usr1.findings;

import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.stream.Stream;

/** Why a lock is not bypassed: refused, shut for good, not ready, or not asked for. */
final class InactiveJudge {

    private static final double SHUT = 90;
    private static final double REFUSED = 80;
    private static final double WAITING = 50;
    private static final double NOTHING_LOADED = 40;
    private static final double NOT_ASKED_FOR = 30;

    private InactiveJudge() {
    }

    static Finding judge(Evidence evidence) {
        List<Finding> found = Stream.concat(evidence.refusals().entrySet().stream().map(InactiveJudge::refused),
                evidence.gates().stream().map(InactiveJudge::inactive).filter(Objects::nonNull))
                .sorted(Comparator.comparingDouble(Finding::score).reversed()).toList();
        if (found.isEmpty()) {
            return nothing(evidence);
        }
        Finding worst = found.get(0);
        return found.size() == 1 ? worst : new Finding(Kind.INACTIVE, worst.score(),
                worst.sentence() + " " + (found.size() - 1) + " more are not bypassed either.", worst.advice());
    }

    private static Finding nothing(Evidence evidence) {
        if (!evidence.gates().isEmpty()) {
            return Finding.good(Kind.INACTIVE, "Every gate is open (" + evidence.gates().size() + ").");
        }
        if (evidence.targets() == null || evidence.targets().isBlank()) {
            return Finding.unknown(Kind.INACTIVE, "The recording names no target.");
        }
        return new Finding(Kind.INACTIVE, NOTHING_LOADED, "No class of the targets " + evidence.targets() + " was seen: nothing is woven.",
                "Check with 'java -jar usr1-agent.jar check' that the target names the classes of this application, and that they were in use.");
    }

    private static Finding refused(Entry<List<String>, String> refusal) {
        return new Finding(Kind.INACTIVE, REFUSED, "Target " + refusal.getKey().get(0) + " was refused in loader " + refusal.getKey().get(1)
                + ", so every lock stays: " + refusal.getValue() + sentenceEnd(refusal.getValue()),
                "Correct the target until 'java -jar usr1-agent.jar check' says that all sites can be woven.");
    }

    /** Null if the gate is open. */
    private static Finding inactive(Gate gate) {
        if ("open".equals(gate.state())) {
            return null;
        }
        String sentence = "The gate of target " + gate.target() + " in loader " + gate.loader() + " is " + gate.state() + ", so every lock stays: "
                + (gate.reason() == null ? "the recording does not say why" : gate.reason()) + sentenceEnd(gate.reason());
        if ("waiting".equals(gate.state())) {
            return new Finding(Kind.INACTIVE, WAITING, sentence, "It opens when the carrier and a wake are first used; if the pool is in use, check the target.");
        }
        if ("bypass".equals(gate.mode())) {
            return new Finding(Kind.INACTIVE, SHUT, sentence, "It stays shut as long as this JVM lives, because an insert may have gone unmarked."
                    + " Find what changes the pool's classes or correct the target, and start anew.");
        }
        return new Finding(Kind.INACTIVE, NOT_ASKED_FOR, sentence, "Nothing is wrong: mode " + gate.mode()
                + " does not bypass. See Needless Wake Locks for what -Dusr1.mode=bypass would save.");
    }

    private static String sentenceEnd(String text) {
        return text != null && text.endsWith(".") ? "" : ".";
    }
}
