package io.usr1.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code ownership}. */
final class OwnershipReader {

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
            case "replaces-carrier" -> replacesCarrier(kind.section("replaces-carrier", Set.of("carrier-field", "context-field", "takeover")));
            case "moves-owner" -> movesOwner(kind.section("moves-owner", Set.of("owner-field", "owner-call", "takeover", "lock")));
            default -> exclusive(kind.section("exclusive", Set.of("callers")));
        };
    }

    private Ownership replacesCarrier(Section fields) throws TargetException {
        return new Ownership.ReplacesCarrier(names.field(fields, "carrier-field"), names.field(fields, "context-field"),
                names.method(fields, "takeover"));
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
