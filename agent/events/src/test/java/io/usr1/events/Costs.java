package io.usr1.events;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link CostBenchmarks} and prints what the woven form costs, as a ratio to the same without the agent, and what it
 * allocates; times depend on the machine, these do not much. {@code mvn -q -Pcosts verify};
 * JMH's own figures go to {@code costs.json}.
 */
final class Costs {

    private static final List<String> PAIRS = List.of("lock", "monitor", "marks");
    private static final List<String> ALONE = List.of("holderKept", "waitWritten");
    private static final List<String> RECORDINGS = List.of("none", "usr1.jfc", "usr1-detailed.jfc");

    private Costs() {
    }

    /** Arguments: how many forks, how many seconds each measures; 2 and 3 if not given. */
    public static void main(String[] arguments) throws Exception {
        int forks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(CostBenchmarks.class.getName()).forks(forks)
                .warmupIterations(2).warmupTime(TimeValue.seconds(1)).measurementIterations(seconds).measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class).result(Path.of("costs.json").toString()).resultFormat(ResultFormatType.JSON).build()).run();
        Map<String, RunResult> byName = new TreeMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            byName.put(name.substring(name.lastIndexOf('.') + 1) + " " + result.getParams().getParam("recording"), result);
        }
        System.out.printf(Locale.ROOT, "%n%-12s  %-18s  %8s  %10s  %8s%n", "", "recording", "ratio", "more (ns)", "B/op");
        for (String pair : PAIRS) {
            for (String recording : RECORDINGS) {
                double alone = nanos(byName.get(pair + "Alone " + recording));
                RunResult woven = byName.get(pair + "Woven " + recording);
                print(pair, recording, String.format(Locale.ROOT, "%.2f", nanos(woven) / alone), nanos(woven) - alone, woven);
            }
        }
        for (String part : ALONE) {
            for (String recording : RECORDINGS.subList(1, RECORDINGS.size())) {
                RunResult result = byName.get(part + " " + recording);
                print(part, recording, "", nanos(result), result);
            }
        }
    }

    private static void print(String what, String recording, String ratio, double nanos, RunResult result) {
        System.out.printf(Locale.ROOT, "%-12s  %-18s  %8s  %10.1f  %8.1f%n", what, recording, ratio, nanos, bytes(result));
    }

    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }
}
