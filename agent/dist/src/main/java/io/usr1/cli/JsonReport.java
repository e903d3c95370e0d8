package io.usr1.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.usr1.agent.Version;
import io.usr1.cli.show.ShownClass;
import io.usr1.cli.show.ShownMethod;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** For programs. Lines are numbers, 0 where there is none; what is empty is there and empty. */
final class JsonReport {

    private final JsonGenerator json;

    JsonReport(PrintWriter out) throws IOException {
        this.json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out).useDefaultPrettyPrinter();
    }

    void print(List<Checked> all, List<String> notes) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", Version.NUMBER);
        json.writeArrayFieldStart("targets");
        for (Checked checked : all) {
            print(checked);
        }
        json.writeEndArray();
        strings("notes", notes);
        json.writeEndObject();
        json.writeRaw(System.lineSeparator());
        json.close();
    }

    private void print(Checked checked) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", checked.target().name());
        json.writeStringField("file", checked.target().source().file());
        json.writeBooleanField("refused", checked.refused());
        json.writeStringField("fingerprint", checked.fingerprint());
        json.writeArrayFieldStart("sites");
        for (PlannedSite site : checked.sites()) {
            json.writeStartObject();
            json.writeStringField("kind", site.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("role", site.role());
            json.writeStringField("where", site.method());
            json.writeNumberField("line", site.line());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("refusals");
        for (Refusal refusal : checked.refusals()) {
            print(refusal, checked.place(refusal));
        }
        json.writeEndArray();
        strings("notes", checked.notes());
        json.writeArrayFieldStart("classes");
        for (ShownClass shown : checked.classes()) {
            print(shown);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void print(Refusal refusal, String place) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", refusal.target());
        json.writeStringField("where", refusal.where());
        json.writeNumberField("line", refusal.line());
        json.writeStringField("found", refusal.found());
        json.writeStringField("expected", refusal.expected());
        json.writeStringField("todo", refusal.todo());
        json.writeStringField("place", place);
        json.writeEndObject();
    }

    private void print(ShownClass shown) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", shown.name());
        strings("added", shown.added());
        json.writeArrayFieldStart("methods");
        for (ShownMethod method : shown.methods()) {
            json.writeStartObject();
            json.writeStringField("method", method.method());
            json.writeStringField("what", method.what());
            changes("changes", method.changes());
            json.writeArrayFieldStart("notReached");
            for (int line : method.notReached()) {
                json.writeNumber(line);
            }
            json.writeEndArray();
            changes("bypass", method.bypass());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void changes(String name, List<ShownMethod.Change> changes) throws IOException {
        json.writeArrayFieldStart(name);
        for (ShownMethod.Change change : changes) {
            json.writeStartObject();
            json.writeNumberField("line", change.line());
            json.writeStringField("code", change.code());
            json.writeStringField("now", change.now());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void strings(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
