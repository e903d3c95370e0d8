package io.usr1.weaver;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The fixture pool whose connections move, its target, and both with one thing changed. */
final class MovingPool {

    static final String MOVES = "{ moves-owner: { owner-field: Connection.owner, takeover: [ 'Pool#moved' ], lock: pool } }";
    static final String ASKS = "{ moves-owner: { owner-field: Connection.owner, owner-call: 'Connection#isMine', takeover: [ 'Pool#moved' ], lock: pool } }";
    static final String ALONE = "{ exclusive: { callers: [ { method: 'Pool#run', because: one loop. } ] } }";
    private static final String TARGET = """
            target: moving
            package: moving
            carrier: { class: Connection, new: not-idle }
            ownership: OWNERSHIP
            locks: { pool: { kind: reentrant, field: Pool.lock } }
            set: [ { method: 'Pool#link', at: entry, carrier: arg0 } ]
            clear: [ { method: 'Connection#attach', at: entry, carrier: this } ]
            region: [ { method: 'Pool#wake', carrier: arg0, lock: pool, OWNER when-clear: [ { call: 'Connection#isListed', is: 'false' } ] } ]
            unlink: [ { method: 'Pool#moved', at: entry, carrier: arg0 } ]
            listed: { field: Connection.listed, is: not-null }
            """;
    private static final Map<String, Fixture> COMPILED = new ConcurrentHashMap<>();

    final Gate gate;
    final Map<String, byte[]> woven = new HashMap<>();
    private final Object driver;

    /** Woven. */
    MovingPool(String ownership, Mode mode) throws Exception {
        Fixture fixture = compile("", "");
        Plan plan = (Plan) Prover.prove(target(ownership, "", ""), fixture.source());
        gate = Gates.create("moving", "test", mode);
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, fixture.bytes(name), gate.number())));
        driver = fixture.loader(woven).loadClass("moving.Driver").getConstructor().newInstance();
    }

    static Verdict prove(String ownership, String old, String with) {
        return Prover.prove(target(ownership, "", ""), compile(old, with).source());
    }

    /** The target with one text replaced. */
    static Verdict proveTarget(String ownership, String old, String with) {
        return Prover.prove(target(ownership, old, with), compile("", "").source());
    }

    static List<String> sentences(Verdict verdict) {
        return verdict instanceof Refused refused ? refused.refusals().stream().map(Refusal::toString).toList() : List.of();
    }

    static Fixture compile(String old, String with) {
        return COMPILED.computeIfAbsent(old + "->" + with, key -> {
            try {
                return Fixture.compile("moving", source -> old.isEmpty() ? source : source.replace(old, with));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @SuppressWarnings("unchecked")
    <T> T call(String name) {
        try {
            return (T) driver.getClass().getMethod(name).invoke(driver);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    void holding(Runnable other) throws ReflectiveOperationException {
        driver.getClass().getMethod("holding", Runnable.class).invoke(driver, other);
    }

    int flag() {
        return ((Carrier) call("carrier")).usr1$flag();
    }

    static Target target(String ownership, String old, String with) {
        try {
            String yaml = TARGET.replace("OWNERSHIP", ownership).replace("OWNER ", ownership.equals(ALONE) ? "" : "owner: arg0,");
            if (!yaml.contains(old)) {
                throw new IllegalStateException("the target no longer has: " + old);
            }
            return TargetReader.read("moving.yaml", yaml.replace(old, with));
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
