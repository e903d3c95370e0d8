package io.usr1.cli.report;

import io.usr1.findings.Evidence;
import io.usr1.findings.Finding;
import io.usr1.findings.Kind;
import java.util.List;

/**
 * One recording, read.
 *
 * @param name its file, as it was given
 */
record Report(String name, Evidence evidence, Timeline timeline) {

    List<Finding> findings() {
        return Kind.judgeAll(evidence);
    }
}
