package io.usr1.cli;

import io.usr1.entry.BuiltIns;
import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.target.BuiltIn;
import io.usr1.target.CarrierSpec;
import io.usr1.target.Printable;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What stands in target files, and in those that the agent brings along. */
@Command(name = "targets", mixinStandardHelpOptions = true,
        description = "Lists the targets in files, and in folders of them, as usr1.targets would find them; without a file, those that the agent brings along.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:all files are targets", "2:bad usage, or a file is none; the others are listed"})
final class TargetsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Target files, and folders of .yaml files.")
    private List<String> files = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override public Integer call() throws IOException {
        List<Target> targets = new ArrayList<>();
        boolean allRead = true;
        for (String name : files.isEmpty() ? BuiltIns.allNames() : Set.<String>of()) {
            try {
                targets.add(BuiltIn.read(name));
            } catch (TargetException impossible) {
                throw new IllegalStateException(impossible); // A test reads them all.
            }
        }
        for (File file : found()) {
            try {
                targets.add(TargetFile.read(file.getPath()));
            } catch (TargetException wrong) {
                allRead = false;
                spec.commandLine().getErr().println(Printable.of(wrong.getMessage()));
            }
        }
        print(targets);
        return allRead ? 0 : 2;
    }

    private List<File> found() {
        Properties properties = new Properties();
        properties.setProperty(Options.PREFIX + io.usr1.entry.Option.TARGETS.key(), String.join(File.pathSeparator, files));
        try {
            return Options.read(null, properties).targetFiles();
        } catch (OptionException impossible) {
            throw new IllegalStateException(impossible); // Any path is allowed.
        }
    }

    private void print(List<Target> targets) throws IOException {
        if (json) {
            Json.print(spec.commandLine().getOut(), fields -> {
                fields.writeArrayFieldStart("targets");
                for (Target target : targets) {
                    fields.writeStartObject();
                    fields.writeStringField("target", target.name());
                    fields.writeStringField("file", target.source().file());
                    fields.writeBooleanField("builtIn", BuiltIn.is(target));
                    fields.writeBooleanField("optIn", target.optIn());
                    fields.writeStringField("description", target.description());
                    fields.writeStringField("carrier", target.carrier() == null ? null : target.carrier().type());
                    fields.writeObjectFieldStart("carriers");
                    for (CarrierSpec carrier : target.carriers()) {
                        fields.writeStringField(carrier.layer(), carrier.type());
                    }
                    fields.writeEndObject();
                    fields.writeNumberField("bypasses", target.bypasses().size());
                    fields.writeNumberField("observed", target.observed().size());
                    Json.strings(fields, "classes", target.wovenClasses());
                    fields.writeEndObject();
                }
                fields.writeEndArray();
            });
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Target target : targets) {
            rows.add(List.of(target.name(), carriers(target), target.bypasses().size() + " bypassed, " + target.observed().size() + " observed" + (target.optIn() ? ", opt-in" : ""), file(target)));
        }
        new Rows(spec.commandLine().getOut()).print(rows);
    }

    private static String file(Target target) {
        boolean instead = !BuiltIn.is(target) && BuiltIns.allNames().contains(target.name());
        return target.source().file() + (instead ? " (used instead of the built-in one)" : "");
    }

    private static String carriers(Target target) {
        return target.carriers().isEmpty() ? "observes" : target.carriers().size() == 1 ? "carrier " + target.carrier().type()
                : "carriers " + target.carriers().stream().map(carrier -> carrier.layer() + " " + carrier.type()).collect(Collectors.joining(", "));
    }
}
