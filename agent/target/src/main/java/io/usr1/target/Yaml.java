package io.usr1.target;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** From text to nodes. Whatever the text is, it ends in nodes or in one sentence with a place. */
final class Yaml {

    /** The parser quotes what it stumbled over, which may be as long as the file. */
    private static final int QUOTED = 300;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Yaml() {
    }

    static Node compose(String file, String yaml) throws TargetException {
        String text = !yaml.isEmpty() && yaml.charAt(0) == BYTE_ORDER_MARK ? yaml.substring(1) : yaml;
        refuseUnprintable(file, text);
        LoadSettings settings = settings(file);
        StreamReader reader = new StreamReader(settings, text);
        try {
            return new BoundedComposer(settings, reader).document()
                    .orElseThrow(() -> new TargetException(new Source(file, 0, 0), "the file is empty; expected a target"));
        } catch (BoundedComposer.Beyond e) {
            throw new TargetException(place(file, e), "this is " + e.getProblem());
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ", ";
            throw new TargetException(place(file, e), "this is not YAML: " + shortened(context + e.getProblem()));
        } catch (RuntimeException e) {
            // The parser trips over some escapes itself, and then does not say where it was.
            Source near = new Source(file, reader.getLine() + 1, reader.getColumn() + 1);
            throw new TargetException(near, "this is not YAML: " + shortened(String.valueOf(e.getMessage())));
        }
    }

    /** Aliases and keys that are no words pass here: they are counted and refused with a place elsewhere. */
    private static LoadSettings settings(String file) {
        return LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE)
                .setMaxAliasesForCollections(Integer.MAX_VALUE).setAllowNonScalarKeys(true).build();
    }

    /** The parser would give an offset instead of a line. */
    private static void refuseUnprintable(String file, String text) throws TargetException {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (!StreamReader.isPrintable(point)) {
                throw new TargetException(new Source(file, line, column), "this is not YAML: the character "
                        + Printable.name(point) + " cannot be in a text file; expected a target");
            }
            column = point == '\n' ? 1 : column + 1;
            line += point == '\n' ? 1 : 0;
        }
    }

    private static Source place(String file, MarkedYamlEngineException e) {
        return e.getProblemMark().map(mark -> new Source(file, mark.getLine() + 1, mark.getColumn() + 1)).orElse(new Source(file, 0, 0));
    }

    private static String shortened(String problem) {
        return problem.length() <= QUOTED ? problem : problem.substring(0, QUOTED) + " ...";
    }
}
