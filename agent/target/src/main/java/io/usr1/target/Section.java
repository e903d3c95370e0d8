package io.usr1.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One mapping of a target file: values by key, each with its place, and no key that nobody knows. */
final class Section {

    /** Longer than any name; a regular expression walks what is shorter without running out of stack. */
    private static final int LONGEST = 1000;

    private final String file;
    private final String title;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * @param title how messages call this mapping
     * @param keys  every key that may stand here; null if the keys are names that the file gives
     */
    Section(String file, String title, Node node, Set<String> keys) throws TargetException {
        this.file = file;
        this.title = title;
        this.node = node;
        if (!(node instanceof MappingNode)) {
            throw wrong(node, title + " is " + kind(node) + "; expected a mapping of " + (keys == null ? "names" : listed(keys)));
        }
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            String key = untyped(tuple.getKeyNode(), "a key of " + title);
            if (keys != null && !keys.contains(key)) {
                String hint = Nearest.to(key, keys).map(near -> "; did you mean '" + near + "'?").orElse("");
                throw wrong(tuple.getKeyNode(), title + " has no key '" + key + "'; it may have " + listed(keys) + hint);
            }
            if (values.put(key, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), title + " has the key '" + key + "' twice; keep one");
            }
        }
    }

    Set<String> keys() {
        return values.keySet();
    }

    Source source() {
        return source(node);
    }

    Source source(String key) {
        return source(values.get(key));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whatever scalar it is: what YAML takes for a number, a boolean or null is handed over as it is written. */
    String text(String key) throws TargetException {
        return untyped(required(key), called(key));
    }

    String text(String key, String otherwise) throws TargetException {
        return has(key) ? text(key) : otherwise;
    }

    /** A scalar that YAML does not take for something else. */
    String word(String key) throws TargetException {
        return scalar(required(key), called(key));
    }

    /** A scalar that must be one of these words. */
    String word(String key, Set<String> words) throws TargetException {
        String found = text(key);
        if (!words.contains(found)) {
            String hint = Nearest.to(found, words).map(near -> "; did you mean '" + near + "'?").orElse("");
            throw wrong(values.get(key), "'" + key + "' of " + title + " is '" + found + "'; expected " + oneOf(words) + hint);
        }
        return found;
    }

    Section section(String key, Set<String> keys) throws TargetException {
        return new Section(file, "'" + key + "'", required(key), keys);
    }

    /** The mappings in a sequence; none if the key is absent. */
    List<Section> sections(String key, Set<String> keys) throws TargetException {
        List<Section> sections = new ArrayList<>();
        for (Node item : items(key)) {
            sections.add(new Section(file, "an entry of '" + key + "'", item, keys));
        }
        return sections;
    }

    /** The scalars in a sequence; none if the key is absent. */
    List<String> texts(String key) throws TargetException {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            texts.add(scalar(item, "an entry of '" + key + "'"));
        }
        return texts;
    }

    TargetException wrong(String key, String problem) {
        return wrong(values.getOrDefault(key, node), problem);
    }

    private List<Node> items(String key) throws TargetException {
        if (!has(key)) {
            return List.of();
        }
        Node value = values.get(key);
        if (!(value instanceof SequenceNode)) {
            throw wrong(value, "'" + key + "' of " + title + " is " + kind(value) + "; expected a list");
        }
        return ((SequenceNode) value).getValue();
    }

    private Node required(String key) throws TargetException {
        if (!has(key)) {
            throw wrong(node, title + " has no '" + key + "'; add it");
        }
        return values.get(key);
    }

    private String called(String key) {
        return "'" + key + "' of " + title;
    }

    private String scalar(Node value, String what) throws TargetException {
        String text = untyped(value, what);
        if (!value.getTag().equals(Tag.STR)) {
            throw wrong(value, what + " is " + kind(value) + "; expected one word, in quotes if '" + text + "' is meant as one");
        }
        return text;
    }

    private String untyped(Node value, String what) throws TargetException {
        if (!(value instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw wrong(value, what + " is " + kind(value) + "; expected one word");
        }
        // Spaces and line breaks as YAML itself folds them outside of quotes.
        String text = scalar.getValue().strip().replaceAll("\\s+", " ");
        if (text.length() > LONGEST) {
            throw wrong(value, what + " is " + text.length() + " characters long; expected at most " + LONGEST);
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!Printable.is(text.codePointAt(i))) {
                throw wrong(value, what + " has the character " + Printable.name(text.codePointAt(i)) + " in it; expected what can be printed");
            }
        }
        return text;
    }

    private TargetException wrong(Node at, String problem) {
        return new TargetException(source(at), problem);
    }

    private Source source(Node at) {
        Optional<Mark> mark = at.getStartMark();
        return mark.map(m -> new Source(file, m.getLine() + 1, m.getColumn() + 1)).orElse(new Source(file, 0, 0));
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        Tag tag = node.getTag();
        if (((ScalarNode) node).getValue().isBlank()) {
            return "empty";
        }
        return tag.equals(Tag.STR) ? "one word" : tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? "a number"
                : tag.equals(Tag.BOOL) ? "true or false" : tag.equals(Tag.NULL) ? "null" : "tagged as something else";
    }

    private static String listed(Set<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }

    private static String oneOf(Set<String> words) {
        return String.join(" or ", words.stream().sorted().toList());
    }
}
