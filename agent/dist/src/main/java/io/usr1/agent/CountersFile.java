package io.usr1.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Site;
import io.usr1.weaver.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/** {@code usr1.counters.file}: every counter as JSON, written when the JVM ends. */
final class CountersFile {

    private CountersFile() {
    }

    static void writeAtExit(Path file, WeavingTransformer transformer, Logger log) {
        Runtime.getRuntime().addShutdownHook(new Thread(null, () -> {
            try {
                write(file, transformer);
            } catch (IOException | RuntimeException e) {
                log.error("the counters could not be written to {} ({})", file, e.toString());
            }
        }, "usr1-agent-counters", 0, false));
    }

    private static void write(Path file, WeavingTransformer transformer) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
             JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("version", Version.NUMBER);
            json.writeArrayFieldStart("targets");
            for (LoaderTarget target : transformer.all()) {
                if (target.verdict() != null) {
                    write(target, json);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(LoaderTarget target, JsonGenerator json) throws IOException {
        Gate gate = target.gate();
        json.writeStartObject();
        json.writeStringField("target", target.target().name());
        json.writeStringField("loader", target.loaderName());
        json.writeStringField("state", gate == null ? "refused" : gate.state());
        json.writeStringField("reason", gate != null ? gate.shutReason() : ((Refused) target.verdict()).refusals().get(0).toString());
        json.writeStringField("mode", gate == null ? null : gate.mode().name().toLowerCase(java.util.Locale.ROOT));
        json.writeNumberField("bypassed", gate == null ? 0 : gate.sites().stream().mapToLong(Site::bypassedCount).sum());
        json.writeNumberField("violations", gate == null ? 0 : gate.violations());
        json.writeArrayFieldStart("sites");
        if (gate != null) {
            for (Site site : gate.sites()) {
                json.writeStartObject();
                json.writeStringField("role", site.role());
                json.writeStringField("method", site.method());
                json.writeNumberField("bypassed", site.bypassedCount());
                json.writeNumberField("acquired", site.acquiredCount());
                json.writeNumberField("contended", site.contendedCount());
                json.writeNumberField("failedTries", site.failedTryCount());
                json.writeNumberField("waitNanos", site.waitNanos());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
