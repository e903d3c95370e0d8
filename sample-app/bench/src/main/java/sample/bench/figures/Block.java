package sample.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sample.bench.demo.RecordingFigures;
import sample.bench.demo.Summary;
import sample.bench.endtoend.EndToEndFigures;
import sample.bench.memory.MemoryFigures;
import sample.bench.pools.PoolFigures;
import sample.bench.table.Goal;
import sample.bench.wake.WakeFigures;
import sample.bench.wake.WakeGoals;
import sample.bench.wake.WakeTable;

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
    STARTUP("target/startup.json") {
        @Override
        String render(Path json) throws IOException {
            return StartupFigures.read(json).table().markdown();
        }
    },

    /** What {@code WakeBench} measured. */
    WAKE("target/wake.json") {
        @Override
        String render(Path json) throws IOException {
            WakeFigures figures = WakeFigures.read(json);
            StringBuilder text = new StringBuilder(figures.machine() + ". " + figures.settings() + ".\n");
            for (WakeTable table : WakeTable.values()) {
                text.append("\n").append(table.title()).append(":\n\n").append(table.of(figures).markdown());
            }
            return text.append("\n").append(WakeTable.LEGEND).append("\n").toString();
        }

        @Override
        List<Goal> goals(Path json) throws IOException {
            return WakeGoals.of(WakeFigures.read(json));
        }
    },

    /** What the benchmarks of agent/events measured. */
    COSTS("agent/events/target/costs.json") {
        @Override
        String render(Path json) throws IOException {
            CostFigures figures = CostFigures.read(json);
            return figures.machine() + ". " + figures.settings() + ".\n\n" + figures.table().markdown();
        }

        @Override
        List<Goal> goals(Path json) throws IOException {
            return CostFigures.read(json).goals();
        }

        @Override
        void keep(Path measured, Path json) throws IOException {
            CostFigures.ofJmh(measured).write(json);
        }
    },

    /** What {@code RecordingCost} measured. */
    RECORDING("target/demo/recording.json") {
        @Override
        String render(Path json) throws IOException {
            RecordingFigures figures = RecordingFigures.read(json);
            return figures.machine() + ". " + figures.settings() + ".\n\n" + figures.table().markdown();
        }
    },

    /** What {@code PoolsTable} counted and measured. */
    POOLS("target/pools/pools.json") {
        @Override
        String render(Path json) throws IOException {
            return PoolFigures.read(json).markdown();
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
    ENDTOEND("target/endtoend.json") {
        @Override
        String render(Path json) throws IOException {
            return EndToEndFigures.read(json).markdown();
        }
    },

    /** What {@code Memory} measured. */
    MEMORY("target/memory.json") {
        @Override
        String render(Path json) throws IOException {
            return MemoryFigures.read(json).markdown();
        }
    },

    /** What RealProxiesIT counted. */
    PROXIES {
        @Override
        String render(Path json) throws IOException {
            return ProxyFigures.read(json).table().markdown();
        }
    },

    /** The goals of all that was measured; has no figures of its own. */
    GOALS {
        @Override
        String render(Path json) throws IOException {
            List<Goal> goals = new ArrayList<>();
            for (Block block : values()) {
                Path other = json.resolveSibling(block.word() + ".json");
                if (Files.exists(other)) {
                    goals.addAll(block.goals(other));
                }
            }
            return Goal.table(goals).markdown();
        }

        @Override
        String markdown(Path root, Path page) {
            return rendered(json(root));
        }
    };

    private final String measured;

    Block() {
        this(null);
    }

    /** @param measured where the command that measures leaves its raw figures, under the root */
    Block(String measured) {
        this.measured = measured;
    }

    abstract String render(Path json) throws IOException;

    /** What was aimed at with these figures. */
    List<Goal> goals(Path json) throws IOException {
        return List.of();
    }

    /** Puts what was measured among the docs' raw figures. */
    void keep(Path from, Path json) throws IOException {
        Files.writeString(json, Files.readString(from));
    }

    /** The block of this name; a FiguresFailure that names {@code page} if there is none. */
    static Block named(String name, Path page) {
        return Arrays.stream(values()).filter(block -> block.word().equals(name)).findFirst().orElseThrow(() ->
                new FiguresFailure(page + ": there are no figures called '" + name + "'; known are "
                        + Arrays.stream(values()).map(Block::word).collect(Collectors.joining(", ")) + "."));
    }

    /** Keeps what the measuring commands have left, if they have. True if there was anything. */
    boolean kept(Path root) {
        if (measured == null || !Files.exists(root.resolve(measured))) {
            return false;
        }
        try {
            keep(root.resolve(measured), json(root));
        } catch (IOException | RuntimeException unreadable) {
            throw new FiguresFailure(root.resolve(measured) + ": cannot be kept as " + word() + " figures: " + unreadable.getMessage());
        }
        return true;
    }

    /** The Markdown that belongs between the marks, from the raw figures under {@code root}. */
    String markdown(Path root, Path page) {
        if (!Files.exists(json(root))) {
            throw new FiguresFailure(page + ": the block '" + word() + "' needs " + json(root)
                    + ", which does not exist; measure first, or take the block out.");
        }
        return rendered(json(root));
    }

    String rendered(Path json) {
        try {
            return render(json);
        } catch (IOException | RuntimeException unreadable) {
            throw new FiguresFailure(json + ": cannot be read as " + word() + " figures: " + unreadable.getMessage());
        }
    }

    Path json(Path root) {
        return root.resolve("docs/figures").resolve(word() + ".json");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
