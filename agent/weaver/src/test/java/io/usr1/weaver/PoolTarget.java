package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.usr1.target.Bypass;
import io.usr1.target.CarrierPath;
import io.usr1.target.CarrierSpec;
import io.usr1.target.FieldRef;
import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.target.MethodRef;
import io.usr1.target.ObserveSpec;
import io.usr1.target.Ownership;
import io.usr1.target.RegionSpec;
import io.usr1.target.Source;
import io.usr1.target.Target;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;

/** The target of the fixture pool; a test changes one part of it and proves again. */
final class PoolTarget {

    CarrierSpec carrier = new CarrierSpec("pool.Tasklet", true);
    Ownership ownership = new Ownership.ReplacesCarrier(new FieldRef("pool.Connection", "tasklet"), new FieldRef("pool.Tasklet", "context"),
            method("pool.IdleConns", "takeover"));
    List<LockSpec> locks = new ArrayList<>(List.of(
            new LockSpec("reentrant", LockSpec.Kind.REENTRANT, field("pool.IdleConns", "reentrant"), null, null, null),
            new LockSpec("monitor", LockSpec.Kind.MONITOR, field("pool.IdleConns", "monitor"), null, null, null),
            new LockSpec("spin", LockSpec.Kind.OWN, field("pool.IdleConns", "spin"), method("pool.SpinLock", "lock"),
                    method("pool.SpinLock", "unlock"), method("pool.SpinLock", "tryLock"))));
    List<MarkSpec> sets = new ArrayList<>(List.of(new MarkSpec(method("pool.IdleConns", "insert"), MarkSpec.At.ENTRY, null, path(0, "tasklet"), null, null)));
    List<MarkSpec> clears = new ArrayList<>(List.of(new MarkSpec(method("pool.Connection", "attach"), MarkSpec.At.EXIT, null, path(-1, "tasklet"), null, null)));
    List<WhenClear> whenClear = new ArrayList<>(List.of(
            new WhenClear.FieldRead(new FieldRef("pool.Tasklet", "context"), Known.NOT_NULL),
            new WhenClear.Call(method("pool.Connection", "isListed"), Known.FALSE)));
    WhenClear stolen = new WhenClear.FieldRead(new FieldRef("pool.Tasklet", "context"), Known.NULL);
    List<MethodRef> omitted = new ArrayList<>(List.of(method("pool.Counters", "locked"), method("pool.Counters", "other")));
    List<MethodRef> allowed = new ArrayList<>();
    CarrierPath wakeCarrier = path(0);
    List<ObserveSpec> observed = new ArrayList<>(List.of(
            new ObserveSpec("insert", method("pool.IdleConns", "insert"), "reentrant"),
            new ObserveSpec("insert", method("pool.IdleConns", "insert"), "monitor"),
            new ObserveSpec("insert", method("pool.IdleConns", "insert"), "spin"),
            new ObserveSpec("get", method("pool.IdleConns", "get"), "reentrant"),
            new ObserveSpec("takeover", method("pool.Thief", "steal"), "reentrant")));

    static MethodRef method(String owner, String name) {
        return new MethodRef(owner, name, null);
    }

    static CarrierPath path(int argument, String... fields) {
        return new CarrierPath(argument < 0 ? CarrierPath.Root.THIS : CarrierPath.Root.ARGUMENT, Math.max(argument, 0),
                Stream.of(fields).<CarrierPath.Step>map(CarrierPath.Step.Field::new).toList());
    }

    static LockPlace field(String owner, String name) {
        return new LockPlace.Field(new FieldRef(owner, name));
    }

    Target build() {
        List<Bypass> regions = List.of(region("Reentrant", "reentrant"), region("Monitor", "monitor"), region("Spin", "spin"));
        return new Target("pool", "", Map.of(), List.of(), List.of(), List.of(carrier), ownership, null, locks, sets, clears, List.of(), regions, observed, null, stolen,
                false, new Source("pool.yml", 0, 0));
    }

    private RegionSpec region(String kind, String lock) {
        return new RegionSpec(method("pool." + kind + "Wake", "wake"), "wake", wakeCarrier, lock, whenClear, null, omitted, allowed, null);
    }
}
