package io.usr1.target;

import io.usr1.target.LockSpec.Kind;
import io.usr1.target.WhenClear.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a target from YAML. Checks all that can be said without the classes; the weaver checks the rest on them. */
public final class TargetReader {

    private static final Set<String> TARGET = Set.of("target", "description", "package", "carrier", "ownership", "locks",
            "set", "clear", "region", "observe");
    private static final Set<String> REGION = Set.of("method", "role", "carrier", "lock", "when-clear", "omit", "may-call");

    private final Section root;
    private final Names names;
    private final List<LockSpec> locks;

    private TargetReader(Section root) throws TargetException {
        this.root = root;
        this.names = new Names(root.text("package", ""));
        this.locks = locks();
    }

    /**
     * @param file how messages call the file
     * @param yaml its content
     * @throws TargetException with one sentence that says where, what was found and what was expected
     */
    public static Target read(String file, String yaml) throws TargetException {
        return new TargetReader(new Section(file, "the target", compose(file, yaml), TARGET)).target();
    }

    private static Node compose(String file, String yaml) throws TargetException {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build()).composeString(yaml)
                    .orElseThrow(() -> new TargetException(new Source(file, 0, 0), "the file is empty; expected a target"));
        } catch (MarkedYamlEngineException e) {
            Source source = e.getProblemMark().map(mark -> new Source(file, mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(new Source(file, 0, 0));
            throw new TargetException(source, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new TargetException(new Source(file, 0, 0), "this is not YAML: " + e.getMessage());
        }
    }

    private Target target() throws TargetException {
        String name = root.text("target");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw root.wrong("target", "'" + name + "' cannot name a target; expected letters, digits, '.', '_' and '-'");
        }
        Section carrier = root.section("carrier", Set.of("class", "new"));
        boolean bornClear = carrier.has("new") && carrier.word("new", Set.of("not-idle", "unknown")).equals("not-idle");
        Target target = new Target(name, root.text("description", ""), new CarrierSpec(names.type(carrier, "class"), bornClear),
                ownership(), locks, marks("set"), marks("clear"), regions(), observed(), root.source());
        if (!target.regions().isEmpty() && target.sets().isEmpty()) {
            throw root.wrong("region", "the target bypasses a lock but has no 'set': nothing would say that a connection is idle");
        }
        return target;
    }

    private Ownership ownership() throws TargetException {
        Section kind = root.section("ownership", Set.of("replaces-carrier"));
        Section fields = kind.section("replaces-carrier", Set.of("carrier-field", "context-field", "takeover"));
        return new Ownership.ReplacesCarrier(names.field(fields, "carrier-field"), names.field(fields, "context-field"),
                names.method(fields, "takeover"));
    }

    private List<LockSpec> locks() throws TargetException {
        List<LockSpec> specs = new ArrayList<>();
        Section section = root.section("locks", null);
        for (String id : section.keys()) {
            Section lock = section.section(id, Set.of("kind", "field", "acquire", "release", "attempt"));
            Kind kind = Kind.valueOf(lock.word("kind", words(Kind.values())).toUpperCase(Locale.ROOT));
            boolean own = kind == Kind.OWN;
            for (String key : List.of("acquire", "release", "attempt")) {
                if (lock.has(key) && !own) {
                    throw lock.wrong(key, "'" + key + "' is only for 'kind: own'; a " + kind.name().toLowerCase(Locale.ROOT) + " lock has its methods from the JDK");
                }
            }
            specs.add(new LockSpec(id, kind, names.field(lock, "field"), own ? names.method(lock, "acquire") : null,
                    own ? names.method(lock, "release") : null, lock.has("attempt") ? names.method(lock, "attempt") : null));
        }
        return specs;
    }

    private List<MarkSpec> marks(String key) throws TargetException {
        List<MarkSpec> marks = new ArrayList<>();
        for (Section mark : root.sections(key, Set.of("method", "at", "carrier"))) {
            MarkSpec.At at = MarkSpec.At.valueOf(mark.word("at", words(MarkSpec.At.values())).toUpperCase(Locale.ROOT));
            if (key.equals("set") && at == MarkSpec.At.EXIT) {
                throw mark.wrong("at", "a carrier is set at 'exit'; expected 'entry', because the flag must stand before the connection can be found");
            }
            marks.add(new MarkSpec(names.method(mark, "method"), at, names.path(mark, "carrier")));
        }
        return marks;
    }

    private List<RegionSpec> regions() throws TargetException {
        List<RegionSpec> regions = new ArrayList<>();
        for (Section region : root.sections("region", REGION)) {
            List<WhenClear> whenClear = new ArrayList<>();
            for (Section read : region.sections("when-clear", Set.of("field", "call", "is"))) {
                whenClear.add(whenClear(read));
            }
            regions.add(new RegionSpec(names.method(region, "method"), region.text("role", "wake"), names.path(region, "carrier"),
                    lock(region), whenClear, names.methods(region, "omit"), names.methods(region, "may-call")));
        }
        return regions;
    }

    private WhenClear whenClear(Section read) throws TargetException {
        if (read.has("field") == read.has("call")) {
            throw new TargetException(read.source(), "an entry of 'when-clear' needs either 'field' or 'call'");
        }
        String word = read.word("is", Arrays.stream(Known.values()).map(Known::toString).collect(Collectors.toCollection(TreeSet::new)));
        Known known = Arrays.stream(Known.values()).filter(value -> value.toString().equals(word)).findFirst().orElseThrow();
        return read.has("field") ? new WhenClear.FieldRead(names.field(read, "field"), known)
                : new WhenClear.Call(names.method(read, "call"), known);
    }

    private List<ObserveSpec> observed() throws TargetException {
        List<ObserveSpec> observed = new ArrayList<>();
        for (Section site : root.sections("observe", Set.of("role", "method", "lock"))) {
            observed.add(new ObserveSpec(site.text("role"), names.method(site, "method"), lock(site)));
        }
        return observed;
    }

    private String lock(Section section) throws TargetException {
        return section.word("lock", locks.stream().map(LockSpec::id).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }
}
