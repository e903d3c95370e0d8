package sample.bench.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.tools.ExecFileLoader;

/**
 * What JaCoCo makes of its file and the class files as they were built.
 *
 * @param covered classes with at least one instruction that ran
 * @param unknown classes that ran, under another id than that of the class file: what a report would show as not covered
 */
record Coverage(List<String> covered, List<String> unknown) {

    static Coverage of(Path file, Path... jars) throws IOException {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(file.toFile());
        CoverageBuilder found = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(loader.getExecutionDataStore(), found);
        for (Path jar : jars) {
            analyzer.analyzeAll(jar.toFile());
        }
        List<String> covered = new ArrayList<>();
        for (IClassCoverage type : found.getClasses()) {
            if (type.getInstructionCounter().getCoveredCount() > 0) {
                covered.add(type.getName());
            }
        }
        return new Coverage(covered, found.getNoMatchClasses().stream().map(IClassCoverage::getName).toList());
    }
}
