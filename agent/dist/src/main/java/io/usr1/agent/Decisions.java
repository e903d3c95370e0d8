package io.usr1.agent;

import io.usr1.events.Outcome;
import io.usr1.runtime.Gate;
import io.usr1.target.BuiltIn;
import io.usr1.target.Mentions;
import io.usr1.target.Target;
import io.usr1.weaver.Plan;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.Refusal;
import io.usr1.weaver.Refused;
import io.usr1.weaver.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Says what was decided, in the log (one line per target and loader) and as events. */
final class Decisions {

    private final Logger log;
    private final EventsSwitch events;

    Decisions(Logger log, EventsSwitch events) {
        this.log = log;
        this.events = events;
    }

    void decided(Target target, String loader, Verdict verdict, Gate gate) {
        if (verdict instanceof Plan) {
            List<PlannedSite> sites = ((Plan) verdict).sites();
            log.info("target {} in loader {}: woven, {} (gate {}, mode {})", target.name(), loader, counted(sites),
                    gate.number(), word(gate));
            events.rewritten(new Outcome(target.name(), loader, null, sites.size()));
        } else if (verdict instanceof Refused) {
            List<Refusal> refusals = ((Refused) verdict).refusals();
            events.rewritten(new Outcome(target.name(), loader, refusals.get(0).toString(), 0));
            if (BuiltIn.is(target)) {
                // Nobody asked for it: a library of another version is no error.
                log.info("target {} in loader {}: nothing is woven, this version of the library is left as it is: {}", target.name(), loader, refusals.get(0));
                return;
            }
            // One line a target: the rest is often the same fault seen from elsewhere.
            String place = Mentions.of(target, refusals.get(0).where()).map(source -> " (" + source + ")").orElse("");
            log.error("target {} in loader {}: refused, nothing is woven: {}{}{}", target.name(), loader, refusals.get(0), place,
                    refusals.size() == 1 ? "" : " (" + (refusals.size() - 1) + " more with usr1.log=info)");
            refusals.stream().skip(1).forEach(refusal -> log.info("target {} in loader {}: also {}", target.name(), loader, refusal));
        }
    }

    /** Classes of the target were loaded before the agent came. */
    void observed(Target target, String loader, Refused refused, LateTarget late) {
        log.atLevel(BuiltIn.is(target) ? Level.INFO : Level.ERROR)
                .log("target {} in loader {}: observed only, {}: {}", target.name(), loader, late.done(), refused.refusals().get(0));
        late.left().forEach(refusal -> log.info("target {} in loader {}: not timed: {}", target.name(), loader, refusal));
        events.rewritten(new Outcome(target.name(), loader, refused.refusals().get(0).toString(), 0));
    }

    /** @param first false if the gate was shut for good already: an agent that changes one class often changes them all */
    void shut(Gate gate, Refusal refusal, boolean first) {
        if (!first) {
            log.info("target {} in loader {}: also {}", gate.target(), gate.loader(), refusal);
            return;
        }
        log.error("target {} in loader {}: the gate is shut for good: {}", gate.target(), gate.loader(), refusal);
        events.gatesChanged();
    }

    void gate(Gate gate) {
        log.info("target {} in loader {}: mode {}, gate {}", gate.target(), gate.loader(), word(gate), gate.state());
        events.gatesChanged();
    }

    private static String word(Gate gate) {
        return gate.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String counted(List<PlannedSite> sites) {
        Map<PlannedSite.Kind, Integer> counts = new TreeMap<>();
        sites.forEach(site -> counts.merge(site.kind(), 1, Integer::sum));
        return String.join(", ", counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT)).toList());
    }
}
