package sample.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sample.bench.load.LoadClient;
import sample.bench.load.LoadResult;

/**
 * Runs the arms of one group side by side: all proxies are alive all the time, the load goes to one after the other, and each
 * round starts with another arm, so that what disturbs the machine meets all of them alike.
 */
final class SideBySide {

    private static final int CLIENT_THREADS = 2;

    private final Plan plan;
    private final InetSocketAddress origin;
    private final PrintWriter progress;

    SideBySide(Plan plan, InetSocketAddress origin, PrintWriter progress) {
        this.plan = plan;
        this.origin = origin;
        this.progress = progress;
    }

    /** The results, in the order of the arms. Throws DemoFailure if a proxy does not start or does not end in good order. */
    List<ArmResult> run(List<Arm> arms) throws IOException, InterruptedException {
        List<ProxyProcess> proxies = startAll(arms);
        Map<ProxyProcess, LoadResult> loads = new LinkedHashMap<>();
        Map<ProxyProcess, JsonNode> warm = new LinkedHashMap<>();
        for (int round = 0; round < plan.rounds(); round++) {
            if (round == plan.rounds() - 1) {
                for (ProxyProcess proxy : proxies) {
                    warm.put(proxy, proxy.liveCounters());
                }
            }
            loadAll(proxies, round, loads);
        }
        List<ArmResult> results = new ArrayList<>();
        for (ProxyProcess proxy : proxies) {
            proxy.stop();
            results.add(ArmResult.of(proxy.arm(), loads.get(proxy), warm.get(proxy), proxy.counters(), proxy.agentReport()));
        }
        return results;
    }

    private List<ProxyProcess> startAll(List<Arm> arms) throws IOException, InterruptedException {
        List<ProxyProcess> proxies = new ArrayList<>();
        for (Arm arm : arms) {
            proxies.add(ProxyProcess.start(arm, plan, origin));
        }
        for (ProxyProcess proxy : proxies) {
            proxy.awaitReady();
        }
        return proxies;
    }

    private void loadAll(List<ProxyProcess> proxies, int round, Map<ProxyProcess, LoadResult> loads)
            throws IOException, InterruptedException {
        progress.printf(Locale.ROOT, "%-44s round %d of %d:", proxies.get(0).arm().group(), round + 1, plan.rounds());
        for (int i = 0; i < proxies.size(); i++) {
            ProxyProcess proxy = proxies.get((round + i) % proxies.size());
            LoadResult load = new LoadClient(proxy.listen(), plan.clients(), CLIENT_THREADS).run(round, plan.requests());
            loads.merge(proxy, load, LoadResult::plus);
            progress.printf(" %s %s", proxy.arm().kind().word(), load.clean() ? "ok" : "RED");
            progress.flush();
        }
        progress.println();
        loads.values().stream().flatMap(load -> load.complaints().stream()).limit(3).forEach(line -> progress.println("    " + line));
    }
}
