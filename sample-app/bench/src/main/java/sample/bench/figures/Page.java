package sample.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page with generated blocks between {@code <!-- figures:NAME -->} and {@code <!-- /figures:NAME -->}, each mark on
 * a line of its own.
 *
 * @param file where it is
 * @param text what it says
 */
record Page(Path file, String text) {

    private static final Pattern OPEN = Pattern.compile("^<!-- figures:(\\S+) -->$", Pattern.MULTILINE);
    private static final Pattern BLOCK =
            Pattern.compile("^<!-- figures:(\\S+) -->\n(?:(?!<!-- figures:)[\\s\\S])*?^<!-- /figures:\\1 -->$", Pattern.MULTILINE);

    /** README.md and the pages below docs, as far as they exist. */
    static List<Page> all(Path root) throws IOException {
        Path docs = root.resolve("docs");
        try (Stream<Path> pages = Files.isDirectory(docs) ? Files.walk(docs) : Stream.empty()) {
            List<Path> files = Stream.concat(Stream.of(root.resolve("README.md")), pages.sorted())
                    .filter(file -> file.toString().endsWith(".md") && Files.exists(file)).toList();
            List<Page> all = new ArrayList<>();
            for (Path file : files) {
                all.add(new Page(file, Files.readString(file)));
            }
            return all;
        }
    }

    /** The page as it should be. Throws FiguresFailure for an unknown name, a mark without its other half, or missing figures. */
    Page generated(Path root) {
        long opened = OPEN.matcher(text).results().count();
        long closed = text.lines().filter(line -> line.startsWith("<!-- /figures:")).count();
        List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
        if (opened != blocks.size() || closed != blocks.size()) {
            throw new FiguresFailure(file + ": found " + opened + " marks that open and " + closed + " that close a block, which make "
                    + blocks.size() + " blocks; each needs '<!-- figures:NAME -->' and '<!-- /figures:NAME -->' on lines of their own.");
        }
        return new Page(file, BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(generated(block.group(1), root))));
    }

    private String generated(String name, Path root) {
        return "<!-- figures:" + name + " -->\n\n" + Block.named(name, file).markdown(root, file) + "\n<!-- /figures:" + name + " -->";
    }
}
