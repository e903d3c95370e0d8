package sample.bench.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sample.bench.jvm.Jdk;

/**
 * What the demo is asked to do. Paths are absolute.
 *
 * @param jdks     what runs the proxies
 * @param locks    lock kinds
 * @param reuses   reuse modes
 * @param rounds   how often each arm is loaded
 * @param requests per arm and round
 * @param clients  client connections
 * @param loops    event loops of each proxy
 * @param maxconn  limit of requests in flight at the origin; below the number of clients, or nothing is ever stolen
 * @param wakeInsideLock whether thieves wake the former owner while they hold its lock, which forces contention
 * @param proxy    the sample proxy's jar
 * @param agent    the agent's jar
 * @param target   the target file for the sample proxy
 * @param out      where the files go
 */
record Plan(List<Jdk> jdks, List<String> locks, List<String> reuses, int rounds, int requests, int clients, int loops, int maxconn,
        boolean wakeInsideLock, Path proxy, Path agent, Path target, Path out) {

    /** The arms in groups; those of one group run side by side under the same load. */
    List<List<Arm>> groups() {
        List<List<Arm>> groups = new ArrayList<>();
        for (Jdk jdk : jdks) {
            for (String lock : locks) {
                for (String reuse : reuses) {
                    groups.add(List.of(Arm.Kind.values()).stream().map(kind -> new Arm(kind, jdk, lock, reuse)).toList());
                }
            }
        }
        return groups;
    }

    /** The first group's observed arm alone, where thieves run into the former owners: its recording shows who waited behind whom. */
    Plan forcingContention() {
        return new Plan(jdks.subList(0, 1), locks.subList(0, 1), reuses.subList(0, 1), rounds, requests, clients, loops, maxconn,
                true, proxy, agent, target, out.resolve("contention"));
    }

    /** What {@link #forcingContention} runs. */
    Arm contended() {
        return groups().get(0).stream().filter(arm -> arm.kind() == Arm.Kind.OBSERVE).findFirst().orElseThrow();
    }

    /** Where the files of single arms go. */
    Path arms() {
        return out.resolve("arms");
    }

    /** The settings of the agent's events, unpacked for the JVMs to read. */
    Path eventSettings() {
        return arms().resolve("usr1.jfc");
    }

    /** Where an arm's recording goes; those of the first group are the ones to look at first, and get the short names. */
    Path recording(Arm arm) {
        boolean first = arm.group().equals(groups().get(0).get(0).group());
        return first ? out.resolve(arm.kind().word() + ".jfr") : arms().resolve(arm.fileName() + ".jfr");
    }
}
