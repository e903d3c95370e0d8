package io.usr1.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.usr1.findings.Finding;
import io.usr1.findings.Role;
import io.usr1.findings.Totals;
import io.usr1.findings.Waits.By;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;

/** For programs. Times are in nanoseconds. */
final class JsonReport {

    private JsonReport() {
    }

    static void write(List<Report> reports, Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeArrayFieldStart("recordings");
        for (Report report : reports) {
            write(report, json);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static void write(Report report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", report.name());
        json.writeNumberField("lengthNanos", report.evidence().lengthNanos());
        json.writeStringField("version", report.evidence().version());
        json.writeStringField("mode", report.evidence().mode());
        json.writeStringField("targets", report.evidence().targets());
        json.writeArrayFieldStart("roles");
        for (Role role : report.evidence().roles()) {
            write(role, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("waits");
        write(report.evidence().waits().all(), json);
        for (By by : By.values()) {
            json.writeArrayFieldStart("by" + name(by));
            for (Entry<String, Totals> group : report.evidence().waits().by(by)) {
                json.writeStartObject();
                json.writeStringField("name", group.getKey());
                write(group.getValue(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            write(finding, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Role role, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", role.target());
        json.writeStringField("role", role.role());
        json.writeNumberField("acquired", role.acquired());
        json.writeNumberField("contended", role.contended());
        json.writeNumberField("bypassed", role.bypassed());
        json.writeNumberField("needless", role.needless());
        json.writeNumberField("guarded", role.guarded());
        json.writeNumberField("waitNanos", role.waitNanos());
        json.writeNumberField("failedTries", role.failedTries());
        json.writeNumberField("violations", role.violations());
        json.writeNumberField("droppedEvents", role.dropped());
        json.writeEndObject();
    }

    private static void write(Totals totals, JsonGenerator json) throws IOException {
        json.writeNumberField("count", totals.count());
        json.writeNumberField("nanos", totals.nanos());
        json.writeNumberField("longestNanos", totals.longestNanos());
    }

    private static void write(Finding finding, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", finding.kind().word());
        json.writeStringField("severity", finding.severity());
        if (finding.known()) {
            json.writeNumberField("score", Math.round(10 * finding.score()) / 10.0);
        }
        json.writeStringField("sentence", finding.sentence());
        json.writeStringField("advice", finding.advice());
        json.writeEndObject();
    }

    /** {@code OWNER_SITE} as {@code OwnerSite}. */
    private static String name(By by) {
        StringBuilder name = new StringBuilder();
        for (String word : by.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
