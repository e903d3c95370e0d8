package io.usr1.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.usr1.agent.Version;
import java.io.IOException;
import java.io.PrintWriter;

/** One object with the agent's version and what a command has to say. */
final class Json {

    /** What goes into the object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {
    }

    static void print(PrintWriter out, Fields fields) throws IOException {
        try (JsonGenerator json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("version", Version.NUMBER);
            fields.write(json);
            json.writeEndObject();
            json.writeRaw(System.lineSeparator());
        }
        out.flush();
    }

    static void strings(JsonGenerator json, String name, Iterable<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
