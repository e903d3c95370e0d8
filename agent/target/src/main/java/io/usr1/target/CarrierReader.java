package io.usr1.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code carriers}, or {@code carrier}, its short form for one, and compares them with the layers of the ownership. */
final class CarrierReader {

    private static final Set<String> CARRIER = Set.of("class", "new");
    /** HAProxy has two; the proof follows every way through a takeover with every layer's state. */
    private static final int MOST = 4;

    private final Section root;
    private final Names names;

    CarrierReader(Section root, Names names) {
        this.root = root;
        this.names = names;
    }

    /** None if there is none: such a target only observes. */
    List<CarrierSpec> carriers() throws TargetException {
        if (!root.has("carriers")) {
            return !root.has("carrier") ? List.of() : List.of(carrier(CarrierSpec.ONLY, root.section("carrier", CARRIER)));
        }
        if (root.has("carrier")) {
            throw root.wrong("carrier", "'carrier' beside 'carriers'; expected one of them");
        }
        Section section = root.section("carriers", null);
        List<CarrierSpec> carriers = new ArrayList<>();
        for (String layer : section.keys()) {
            if (!layer.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
                throw section.wrong(layer, "'" + layer + "' cannot name a layer; expected letters, digits, '_' and '-'");
            }
            CarrierSpec carrier = carrier(layer, section.section(layer, CARRIER));
            for (CarrierSpec other : carriers) {
                if (other.type().equals(carrier.type()) && other.bornClear() != carrier.bornClear()) {
                    throw section.wrong(layer, "'" + layer + "' and '" + other.layer() + "' share the class " + carrier.type()
                            + ", of which one says 'new: not-idle' and the other does not; expected the same of both");
                }
            }
            carriers.add(carrier);
        }
        if (carriers.isEmpty() || carriers.size() > MOST) {
            throw root.wrong("carriers", "'carriers' has " + carriers.size() + " layers; expected 1 to " + MOST);
        }
        return carriers;
    }

    /** Each carrier has its place in the connection, and each place its carrier. */
    void layers(List<CarrierSpec> carriers, Ownership ownership) throws TargetException {
        List<String> wanted = carriers.stream().map(CarrierSpec::layer).toList();
        if (ownership instanceof Ownership.ReplacesCarrier replaces && !carriers.isEmpty()) {
            List<String> found = replaces.layers().stream().map(Ownership.Layer::name).toList();
            boolean shortForm = carriers.size() == 1 && found.equals(List.of(CarrierSpec.ONLY));
            if (!shortForm && !found.equals(wanted)) {
                throw root.wrong("ownership", "the layers of 'replaces-carrier' are " + found + " and the carriers are " + wanted
                        + "; expected the same names in the same order");
            }
        } else if (carriers.size() > 1) {
            throw root.wrong("carriers", "the target has several carriers and no 'replaces-carrier'; expected that ownership, with 'layers', which says where a connection has each of them");
        }
    }

    private CarrierSpec carrier(String layer, Section carrier) throws TargetException {
        boolean bornClear = carrier.has("new") && carrier.word("new", Set.of("not-idle", "unknown")).equals("not-idle");
        return new CarrierSpec(layer, names.type(carrier, "class"), bornClear);
    }
}
