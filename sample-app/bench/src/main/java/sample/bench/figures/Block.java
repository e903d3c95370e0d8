package sample.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import sample.bench.demo.Summary;
import sample.bench.endtoend.EndToEndFigures;
import sample.bench.memory.MemoryFigures;
import sample.bench.wake.WakeFigures;

/** The generated blocks, each with its raw figures in {@code docs/figures/NAME.json}. */
enum Block {

    /** A demo's {@code summary.json}. */
    DEMO {
        @Override
        String render(Path json) throws IOException {
            return Summary.read(json).table().markdown() + "\n" + Summary.LEGEND + "\n";
        }
    },

    /** What {@code startup.sh} measured. */
    STARTUP {
        @Override
        String render(Path json) throws IOException {
            return StartupFigures.read(json).table().markdown();
        }
    },

    /** What {@code WakeBench} measured. */
    WAKE {
        @Override
        String render(Path json) throws IOException {
            WakeFigures figures = WakeFigures.read(json);
            return figures.settings() + ".\n\n" + figures.table().markdown() + "\n" + WakeFigures.LEGEND + "\n";
        }
    },

    /** What LocksIT counted. */
    LOCKS {
        @Override
        String render(Path json) throws IOException {
            return LockFigures.read(json).table().markdown();
        }
    },

    /** What {@code EndToEnd} measured. */
    ENDTOEND {
        @Override
        String render(Path json) throws IOException {
            return EndToEndFigures.read(json).markdown();
        }
    },

    /** What {@code Memory} measured. */
    MEMORY {
        @Override
        String render(Path json) throws IOException {
            return MemoryFigures.read(json).markdown();
        }
    };

    abstract String render(Path json) throws IOException;

    /** The block of this name; a FiguresFailure that names {@code page} if there is none. */
    static Block named(String name, Path page) {
        return Arrays.stream(values()).filter(block -> block.word().equals(name)).findFirst().orElseThrow(() ->
                new FiguresFailure(page + ": there are no figures called '" + name + "'; known are "
                        + Arrays.stream(values()).map(Block::word).collect(Collectors.joining(", ")) + "."));
    }

    /** The Markdown that belongs between the marks, from the raw figures under {@code root}. */
    String markdown(Path root, Path page) {
        Path json = root.resolve("docs/figures").resolve(word() + ".json");
        if (!Files.exists(json)) {
            throw new FiguresFailure(page + ": the block '" + word() + "' needs " + json
                    + ", which does not exist; measure first, or take the block out.");
        }
        try {
            return render(json);
        } catch (IOException | RuntimeException unreadable) {
            throw new FiguresFailure(json + ": cannot be read as " + word() + " figures: " + unreadable.getMessage());
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
