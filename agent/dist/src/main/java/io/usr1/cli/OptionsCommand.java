package io.usr1.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.usr1.entry.Option;
import io.usr1.entry.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The rows of {@link Option}. */
@Command(name = "options", mixinStandardHelpOptions = true,
        description = "Lists the agent's options: system properties, or agent arguments without 'usr1.'.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:always", "2:bad usage"})
final class OptionsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @picocli.CommandLine.Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override public Integer call() throws IOException {
        if (json) {
            Json.print(spec.commandLine().getOut(), this::print);
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("property", "default", "allowed", "what it does"));
            for (Option option : Option.values()) {
                rows.add(List.of(Options.PREFIX + option.key(), option.otherwise(), option.allowed(), option.what()));
            }
            new Rows(spec.commandLine().getOut()).print(rows);
        }
        return 0;
    }

    private void print(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("options");
        for (Option option : Option.values()) {
            out.writeStartObject();
            out.writeStringField("property", Options.PREFIX + option.key());
            out.writeStringField("default", option.otherwise());
            out.writeStringField("allowed", option.allowed());
            out.writeStringField("what", option.what());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
