package io.usr1.agent;

import io.usr1.entry.Options;
import io.usr1.runtime.Gate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One zip with all that somebody needs who is asked for help: settings, decisions, counters, classes before and after, a recording. */
final class Diagnostics {

    private final WeavingTransformer transformer;
    private final EventsSwitch events;

    Diagnostics(WeavingTransformer transformer, EventsSwitch events) {
        this.transformer = transformer;
        this.events = events;
    }

    /** The last part is left out where no recording runs. */
    void write(Path file) throws IOException {
        Path recording = events.dump(file.resolveSibling(file.getFileName() + ".jfr"));
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            text(zip, "settings.txt", settings());
            text(zip, "decisions.txt", decisions());
            zip.putNextEntry(new ZipEntry("counters.json"));
            zip.write(CountersFile.json(transformer));
            classes(zip);
            if (recording != null) {
                zip.putNextEntry(new ZipEntry("recording.jfr"));
                Files.copy(recording, zip);
            }
        } finally {
            if (recording != null) {
                Files.deleteIfExists(recording);
            }
        }
    }

    private static List<String> settings() {
        List<String> lines = new ArrayList<>();
        lines.add("version=" + Version.NUMBER);
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            // Others may hold what is nobody else's business.
            if (name.startsWith(Options.PREFIX) || name.startsWith("java.vm.") || name.equals("java.version") || name.startsWith("os.")) {
                lines.add(name + "=" + System.getProperty(name));
            }
        }
        return lines;
    }

    private List<String> decisions() {
        List<String> lines = new ArrayList<>();
        for (LoaderTarget target : transformer.all()) {
            if (target.decided()) {
                Gate gate = target.gate();
                lines.add("target " + target.targetName() + " in loader " + target.loaderName() + ": " + (gate == null ? "refused" : gate.state()));
                if (gate != null && gate.shutReason() != null) {
                    lines.add("  shut for good: " + gate.shutReason());
                }
                target.refused().forEach(refusal -> lines.add("  refused: " + refusal));
            }
        }
        return lines;
    }

    private void classes(ZipOutputStream zip) throws IOException {
        int number = 0;
        for (LoaderTarget target : transformer.all()) {
            // Names of loaders may be anything; the number stands for one in the order of decisions.txt.
            String folder = target.decided() ? "classes/" + ++number + "/" : "";
            for (WovenClass woven : target.wovenClasses()) {
                bytes(zip, folder + "before/" + woven.name() + ".class", woven.before());
                bytes(zip, folder + "after/" + woven.name() + ".class", woven.after());
            }
        }
    }

    private static void text(ZipOutputStream zip, String name, List<String> lines) throws IOException {
        bytes(zip, name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}
