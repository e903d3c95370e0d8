package io.usr1.target;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds where a target's file speaks of a class, field or method, so that what the weaver says of one can be given a line.
 * Reads the file again: refusals are rare, and records that carry their places around would not compare as what they say.
 */
public final class Mentions {

    private Mentions() {
    }

    /**
     * The first place that names exactly this, else the first that names something of this class.
     *
     * @param where {@code pkg.Class}, {@code pkg.Class.field} or {@code pkg.Class#method}, maybe with parameters
     * @return empty if there is none, or no such file any more
     */
    public static Optional<Source> of(Target target, String where) {
        String file = target.source().file();
        try {
            return find(file, Yaml.compose(file, TargetFile.text(file)), name(where));
        } catch (TargetException gone) {
            return Optional.empty();
        }
    }

    private static Optional<Source> find(String file, Node root, String wanted) {
        ScalarNode exact = null;
        ScalarNode ofClass = null;
        String home = homePackage(root);
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof ScalarNode scalar) {
                String name = name(scalar.getValue());
                exact = is(wanted, name, home) ? first(exact, scalar) : exact;
                ofClass = is(wanted, owner(name), home) ? first(ofClass, scalar) : ofClass;
            } else if (node instanceof SequenceNode list) {
                list.getValue().forEach(open::push);
            } else if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(tuple -> open.push(tuple.getValueNode()));
            }
        }
        return Optional.ofNullable(exact == null ? ofClass : exact).flatMap(Node::getStartMark)
                .map(mark -> new Source(file, mark.getLine() + 1, mark.getColumn() + 1));
    }

    private static String homePackage(Node root) {
        if (root instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("package") && tuple.getValueNode() instanceof ScalarNode value) {
                    return value.getValue() + ".";
                }
            }
        }
        return "";
    }

    private static ScalarNode first(ScalarNode a, ScalarNode b) {
        return a == null || b.getStartMark().orElseThrow().getIndex() < a.getStartMark().orElseThrow().getIndex() ? b : a;
    }

    private static boolean is(String wanted, String name, String home) {
        return wanted.equals(name) || wanted.equals(home + name);
    }

    private static String name(String text) {
        int parameters = text.indexOf('(');
        return parameters < 0 ? text : text.substring(0, parameters);
    }

    private static String owner(String name) {
        int end = name.indexOf('#') < 0 ? name.lastIndexOf('.') : name.indexOf('#');
        return end < 0 ? name : name.substring(0, end);
    }
}
