package sample.bench.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every generated block of README.md and docs/*.md says what its raw figures say. */
class DocsTest {

    @Test
    void blocksAgreeWithTheirFigures() throws IOException {
        Path root = root();
        for (Page page : Page.all(root)) {
            assertEquals(page.generated(root).text(), page.text(), page.file() + ": 'mvn -q -Pfigures verify' writes its figures anew");
        }
    }

    /** The tests may run in the module or at the root. */
    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
