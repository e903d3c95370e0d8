package io.usr1.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Site;
import io.usr1.weaver.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;

/** {@code usr1.counters.file}: every counter as JSON, written when the JVM ends. */
final class CountersFile {

    private final Thread hook;

    private CountersFile(Thread hook) {
        this.hook = hook;
    }

    static CountersFile writeAtExit(Path file, WeavingTransformer transformer, Logger log) {
        CountersFile counters = new CountersFile(new Thread(null, () -> {
            try {
                Files.write(file, json(transformer));
            } catch (IOException | RuntimeException e) {
                log.error("the counters could not be written to {} ({})", file, e.toString());
            }
        }, "usr1-agent-counters", 0, false));
        Runtime.getRuntime().addShutdownHook(counters.hook);
        return counters;
    }

    /** Writes nothing after all. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // Too late: it is being written.
        }
    }

    /** The counters as they are now. */
    static byte[] json(WeavingTransformer transformer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("version", Version.NUMBER);
            json.writeArrayFieldStart("targets");
            for (LoaderTarget target : transformer.all()) {
                if (target.verdict() != null) {
                    write(target, json);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("gone");
            for (GoneLoaders.Sum sum : transformer.gone().sums()) {
                gone(sum, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(LoaderTarget target, JsonGenerator json) throws IOException {
        Gate gate = target.gate();
        json.writeStartObject();
        json.writeStringField("target", target.target().name());
        json.writeStringField("loader", target.loaderName());
        json.writeStringField("state", gate == null ? "refused" : gate.state());
        json.writeStringField("reason", gate != null ? gate.shutReason() : ((Refused) target.verdict()).refusals().get(0).toString());
        json.writeStringField("mode", gate == null ? null : gate.mode().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("bypassed", gate == null ? 0 : gate.sites().stream().mapToLong(Site::bypassedCount).sum());
        json.writeNumberField("violations", gate == null ? 0 : gate.violations());
        json.writeArrayFieldStart("sites");
        for (Site site : gate == null ? List.<Site>of() : gate.sites()) {
            site(site.role(), site.method(), GoneLoaders.counts(site), json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void gone(GoneLoaders.Sum sum, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", sum.target());
        json.writeNumberField("loaders", sum.loaders());
        json.writeNumberField("bypassed", sum.sites().values().stream().mapToLong(counts -> counts[0]).sum());
        json.writeNumberField("violations", sum.violations());
        json.writeArrayFieldStart("sites");
        for (Map.Entry<List<String>, long[]> site : sum.sites().entrySet()) {
            site(site.getKey().get(0), site.getKey().get(1), site.getValue(), json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void site(String role, String method, long[] counts, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("method", method);
        json.writeNumberField("bypassed", counts[0]);
        json.writeNumberField("acquired", counts[1]);
        json.writeNumberField("contended", counts[2]);
        json.writeNumberField("failedTries", counts[3]);
        json.writeNumberField("waitNanos", counts[4]);
        json.writeEndObject();
    }
}
