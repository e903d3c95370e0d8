package io.usr1.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a target from YAML. Checks all that can be said without the classes; the weaver checks the rest on them. */
public final class TargetReader {

    private static final Set<String> TARGET = Set.of("target", "description", "package", "opt-in", "fingerprint", "reads", "hands-out", "carrier", "carriers", "ownership",
            "ordered-by", "locks", "set", "clear", "unlink", "region", "answer", "skip", "observe", "listed", "stolen");

    private final Section root;
    private final Names names;
    private final LockReader locks;

    private TargetReader(Section root) throws TargetException {
        this.root = root;
        this.names = new Names(root.text("package", ""));
        this.locks = new LockReader(root, names);
    }

    /**
     * @param file how messages call the file
     * @param yaml its content
     * @throws TargetException with one sentence that says where, what was found and what was expected
     */
    public static Target read(String file, String yaml) throws TargetException {
        return new TargetReader(new Section(file, "the target", Yaml.compose(file, yaml), TARGET)).target();
    }

    private Target target() throws TargetException {
        String name = root.word("target");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw root.wrong("target", "'" + name + "' cannot name a target; expected letters, digits, '.', '_' and '-'");
        }
        CarrierReader carriers = new CarrierReader(root, names);
        ReadReader reads = new ReadReader(names);
        MarkReader marks = new MarkReader(names, reads, locks);
        Target target = new Target(name, root.text("description", ""), fingerprints(), names.types(root, "reads"), names.methods(root, "hands-out"),
                carriers.carriers(), new OwnershipReader(names, locks).ownership(root),
                root.has("ordered-by") ? locks.id(root, "ordered-by") : null, locks.locks(), marks.marks(root, "set"), marks.marks(root, "clear"),
                marks.marks(root, "unlink"), new BypassReader(names, reads, locks).bypasses(root), observed(), reads.sign(root, "listed"),
                reads.sign(root, "stolen"), root.has("opt-in") && root.word("opt-in", Set.of("true", "false")).equals("true"), root.source());
        carriers.layers(target.carriers(), target.ownership());
        whole(target);
        return target;
    }

    /** What a target needs beside what each of its parts needs. */
    private void whole(Target target) throws TargetException {
        if (target.carrier() == null) {
            for (String key : new String[] {"set", "clear", "unlink", "region", "answer", "skip", "ownership", "listed", "stolen", "observe"}) {
                // Without any of the others it has to observe something.
                if (root.has(key) != key.equals("observe")) {
                    throw root.wrong(key, root.has(key) ? "the target has '" + key + "' but no 'carrier'; add the class that bears the flag"
                            : "the target has no 'carrier' and no 'observe': there is nothing to do; add one of them");
                }
            }
        }
        if (target.bypasses().isEmpty()) {
            return;
        }
        if (target.sets().isEmpty()) {
            throw root.wrong("set", "the target bypasses a lock but has no 'set': nothing would say that a connection is idle");
        }
        if (target.carriers().size() > 1 && target.regions().size() < target.bypasses().size()) {
            throw root.wrong("carriers", "the target has several carriers and an 'answer' or 'skip'; expected nothing but a 'region' with several");
        }
        if (!target.regions().isEmpty() && target.ownership() == null) {
            throw root.wrong("region", "the target has a 'region' but no 'ownership': nothing would say why the flag cannot change while it runs");
        }
        if (target.regions().size() < target.bypasses().size() && target.orderedBy() == null) {
            throw root.wrong("answer", "the target has an 'answer' or 'skip' but no 'ordered-by': expected the lock inside which every set and clear stands");
        }
    }

    private Map<String, String> fingerprints() throws TargetException {
        Map<String, String> digests = new LinkedHashMap<>();
        if (root.has("fingerprint")) {
            Section versions = root.section("fingerprint", null);
            for (String version : versions.keys()) {
                String digest = versions.text(version);
                if (!digest.matches("[0-9a-f]{16,64}")) {
                    throw versions.wrong(version, "the fingerprint of version '" + version + "' is '" + digest + "'; expected 16 to 64 hexadecimal digits, as 'check' prints them");
                }
                digests.put(version, digest);
            }
        }
        return digests;
    }

    private List<ObserveSpec> observed() throws TargetException {
        List<ObserveSpec> observed = new ArrayList<>();
        for (Section site : root.sections("observe", Set.of("role", "method", "lock"))) {
            observed.add(new ObserveSpec(site.text("role"), names.everyMethod(site, "method"), locks.id(site, "lock")));
        }
        return observed;
    }
}
