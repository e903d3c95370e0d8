package io.usr1.target;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML's composer with bounds: a target is read inside somebody's application, on a thread whose stack and in a heap whose
 * size nobody chose for this. Nesting is recursion here, and aliases multiply what a reader walks through later, so both
 * are counted as they come.
 */
final class BoundedComposer extends Composer {

    static final int LEVELS = 32;
    static final int VALUES = 20_000;

    /** Values below each collection that is complete, aliases followed; one that is not there is still open. */
    private final Map<Node, Integer> sizes = new IdentityHashMap<>();
    private int level;
    private int read;

    BoundedComposer(LoadSettings settings, StreamReader yaml) {
        super(settings, new ParserImpl(settings, yaml));
    }

    /** YAML, but more than is read. */
    static final class Beyond extends MarkedYamlEngineException {

        private static final long serialVersionUID = 1;

        Beyond(String problem, Optional<Mark> at) {
            super(null, Optional.empty(), problem, at);
        }
    }

    /** The one document; empty if there is none. */
    Optional<Node> document() {
        if (!hasNext()) {
            return Optional.empty();
        }
        Node root = next();
        if (hasNext()) {
            throw new Beyond("a second document begins; expected one target a file", parser.peekEvent().getStartMark());
        }
        return Optional.of(root);
    }

    @Override protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
        enter();
        SequenceNode node = super.composeSequenceNode(anchor);
        int size = 1;
        for (Node item : node.getValue()) {
            size = plus(size, item, node);
        }
        leave(node, size);
        return node;
    }

    @Override protected Node composeMappingNode(Optional<Anchor> anchor) {
        enter();
        MappingNode node = (MappingNode) super.composeMappingNode(anchor);
        int size = 1;
        for (NodeTuple tuple : node.getValue()) {
            size = plus(plus(size, tuple.getKeyNode(), node), tuple.getValueNode(), node);
        }
        leave(node, size);
        return node;
    }

    @Override protected Node composeScalarNode(Optional<Anchor> anchor, List<CommentLine> comments) {
        count();
        return super.composeScalarNode(anchor, comments);
    }

    private void enter() {
        count();
        if (++level > LEVELS) {
            throw new Beyond("more than " + LEVELS + " levels of nesting; a target needs six", parser.peekEvent().getStartMark());
        }
    }

    /** Here too, because a long list would fill the heap before it ends and its size is known. */
    private void count() {
        if (++read > VALUES) {
            throw tooMany(parser.peekEvent().getStartMark());
        }
    }

    private void leave(Node node, int size) {
        level--;
        sizes.put(node, size);
    }

    private int plus(int size, Node child, Node parent) {
        boolean collection = child instanceof SequenceNode || child instanceof MappingNode;
        Integer below = collection ? sizes.get(child) : Integer.valueOf(1);
        if (below == null) {
            throw new Beyond("an alias of what it stands in, which has no end; write the value out", parent.getStartMark());
        }
        if (size + below > VALUES) {
            throw tooMany(parent.getStartMark());
        }
        return size + below;
    }

    private static Beyond tooMany(Optional<Mark> at) {
        return new Beyond("more than " + VALUES + " values, those behind aliases counted each time; a target has some hundreds", at);
    }
}
