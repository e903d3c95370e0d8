package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashMap;
import java.util.Map;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;

/** The fixture pool, woven in a loader of its own, behind its {@code Bench}. */
final class WovenPool {

    final Plan plan;
    final Gate gate;
    final Map<String, byte[]> woven = new HashMap<>();
    private final Object bench;

    WovenPool(Fixture fixture, String kind, Mode mode) throws ReflectiveOperationException {
        Verdict verdict = Prover.prove(new PoolTarget().build(), fixture.source());
        this.plan = verdict instanceof Plan proved ? proved : fail(String.valueOf(((Refused) verdict).refusals()));
        this.gate = Gates.create("pool", "test", mode);
        for (PlannedSite site : plan.sites()) {
            if (site.index() >= 0) {
                gate.site(site.role(), site.method());
            }
        }
        plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, fixture.bytes(name), gate.number())));
        this.bench = fixture.loader(woven).loadClass("pool.Bench").getConstructor(String.class).newInstance(kind);
    }

    @SuppressWarnings("unchecked")
    <T> T call(String name) {
        try {
            return (T) bench.getClass().getMethod(name).invoke(bench);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    void holding(Runnable other) {
        try {
            bench.getClass().getMethod("holding", Runnable.class).invoke(bench, other);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    int flag() {
        return ((Carrier) call("carrier")).usr1$flag();
    }
}
