package io.usr1.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code ownership}. */
final class OwnershipReader {

    private static final Set<String> REPLACES = Set.of("carrier-field", "context-field", "takeover", "layers");
    private static final Set<String> KINDS = Set.of("replaces-carrier", "moves-owner", "exclusive");

    private final Names names;
    private final LockReader locks;

    OwnershipReader(Names names, LockReader locks) {
        this.names = names;
        this.locks = locks;
    }

    /** Null if the target has none. */
    Ownership ownership(Section root) throws TargetException {
        if (!root.has("ownership")) {
            return null;
        }
        Section kind = root.section("ownership", KINDS);
        if (kind.keys().size() != 1) {
            throw root.wrong("ownership", "'ownership' has " + kind.keys().size() + " kinds; expected one of replaces-carrier, moves-owner or exclusive");
        }
        return switch (kind.keys().iterator().next()) {
            case "replaces-carrier" -> replacesCarrier(kind.section("replaces-carrier", REPLACES));
            case "moves-owner" -> movesOwner(kind.section("moves-owner", Set.of("owner-field", "owner-call", "takeover", "lock")));
            default -> exclusive(kind.section("exclusive", Set.of("callers")));
        };
    }

    private Ownership replacesCarrier(Section fields) throws TargetException {
        if (fields.has("layers")) {
            for (String key : List.of("carrier-field", "context-field")) {
                if (fields.has(key)) {
                    throw fields.wrong(key, "'" + key + "' beside 'layers'; expected it in each of the layers");
                }
            }
            return new Ownership.ReplacesCarrier(layers(fields.section("layers", null)), names.method(fields, "takeover"));
        }
        return new Ownership.ReplacesCarrier(names.field(fields, "carrier-field"), names.field(fields, "context-field"),
                names.method(fields, "takeover"));
    }

    private List<Ownership.Layer> layers(Section section) throws TargetException {
        List<Ownership.Layer> layers = new ArrayList<>();
        for (String name : section.keys()) {
            Section layer = section.section(name, Set.of("carrier-field", "context-field", "via"));
            layers.add(new Ownership.Layer(name, names.field(layer, "carrier-field"), names.field(layer, "context-field"),
                    layer.has("via") ? names.field(layer, "via") : null));
        }
        return layers;
    }

    private Ownership movesOwner(Section section) throws TargetException {
        return new Ownership.MovesOwner(names.field(section, "owner-field"),
                section.has("owner-call") ? names.method(section, "owner-call") : null, names.methods(section, "takeover"),
                locks.id(section, "lock"));
    }

    private Ownership exclusive(Section section) throws TargetException {
        List<Ownership.Caller> callers = new ArrayList<>();
        for (Section caller : section.sections("callers", Set.of("method", "because"))) {
            callers.add(new Ownership.Caller(names.method(caller, "method"), caller.text("because")));
        }
        if (callers.isEmpty()) {
            throw new TargetException(section.source(), "'exclusive' lists no caller; expected every method that calls a site, each with its reason");
        }
        return new Ownership.Exclusive(callers);
    }
}
