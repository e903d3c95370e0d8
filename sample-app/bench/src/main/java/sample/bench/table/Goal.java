package sample.bench.table;

import java.util.List;

/**
 * What was aimed at, and what came of it.
 *
 * @param goal     what is compared, and the bound
 * @param jdk      on which
 * @param measured the figure, with its interval
 * @param met      yes, no, or why it cannot be said
 */
public record Goal(String goal, int jdk, String measured, String met) {

    private static final List<String> HEAD = List.of("goal", "jdk", "measured", "met?");

    /** For printing. */
    public static Table table(List<Goal> goals) {
        return new Table(HEAD.size(), HEAD, goals.stream().map(goal -> List.of(goal.goal, String.valueOf(goal.jdk), goal.measured, goal.met)).toList());
    }

    /** One sentence. */
    public static String summary(List<Goal> goals) {
        long met = goals.stream().filter(goal -> goal.met.startsWith("yes")).count();
        long missed = goals.stream().filter(goal -> goal.met.equals("no") || goal.met.startsWith("no,")).count();
        return "Goals: " + met + " met, " + missed + " missed, " + (goals.size() - met - missed) + " not judged.";
    }

    /** Whether a figure lies below its bound, as far as its interval lets that be said. */
    public static String atMost(double bound, Estimate estimate) {
        return estimate.high() <= bound ? "yes" : estimate.low() > bound ? "no" : untold(estimate.value() <= bound);
    }

    /** The same for a figure that should lie above. */
    public static String above(double bound, Estimate estimate) {
        return estimate.low() > bound ? "yes" : estimate.high() <= bound ? "no" : untold(estimate.value() > bound);
    }

    private static String untold(boolean met) {
        return met ? "yes, but the interval reaches beyond" : "no, but the interval reaches it";
    }
}
