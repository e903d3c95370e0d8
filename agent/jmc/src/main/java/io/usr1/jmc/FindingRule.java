package io.usr1.jmc;

import io.usr1.findings.Finding;
import io.usr1.findings.Kind;
import java.util.List;
import java.util.Map;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.item.ItemQueryBuilder;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.JfrRuleTopics;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/**
 * A judgement as a rule. All have the topic of Mission Control's own Lock Instances page, where one looks for them, and which
 * the HTML report knows, too: rules of a topic that it does not know are listed under "Event Browser" there.
 */
abstract class FindingRule extends AbstractRule {

    static final String TOPIC = JfrRuleTopics.LOCK_INSTANCES;

    private final Kind kind;
    private final String[] events;

    /** @param events that "show the events" shows */
    FindingRule(Kind kind, String... events) {
        super("io.usr1." + kind.word(), kind.label(), TOPIC, List.of(), List.of(TypedResult.SCORE, TypedResult.ITEM_QUERY),
                Map.of(EvidenceReader.SETTINGS, EventAvailability.AVAILABLE));
        this.kind = kind;
        this.events = events;
    }

    @Override protected IResult getResult(IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider others) {
        Finding finding = kind.judge(EvidenceReader.read(items));
        if (!finding.known()) {
            return RulesToolkit.getNotApplicableResult(this, preferences, escaped(finding.sentence()));
        }
        ResultBuilder result = ResultBuilder.createFor(this, preferences)
                .setSeverity(Severity.get(finding.score()))
                .setSummary(escaped(finding.sentence()))
                .addResult(TypedResult.SCORE, UnitLookup.NUMBER_UNITY.quantity(finding.score()))
                .addResult(TypedResult.ITEM_QUERY, ItemQueryBuilder.fromWhere(ItemFilters.type(events)).build());
        if (!finding.advice().isEmpty()) {
            result.setExplanation(escaped(finding.sentence() + " " + finding.advice())).setSolution(escaped(finding.advice()));
        }
        return result.build();
    }

    /** Mission Control shows texts of rules as HTML and fills in what stands in braces; names in a recording are anybody's. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("{", "&#123;").replace("}", "&#125;");
    }
}
