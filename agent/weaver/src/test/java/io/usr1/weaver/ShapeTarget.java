package io.usr1.weaver;

import static io.usr1.weaver.PoolTarget.method;
import static io.usr1.weaver.PoolTarget.path;

import java.util.List;
import java.util.Map;

import io.usr1.target.CarrierSpec;
import io.usr1.target.FieldRef;
import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.target.Ownership;
import io.usr1.target.RegionSpec;
import io.usr1.target.Source;
import io.usr1.target.Target;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;

/** The target of one of the lock shapes. */
final class ShapeTarget {

    /** The shapes that a bypass is proved for; all others are to be refused. */
    static final String BYPASSED = "abcdejk";

    private ShapeTarget() {
    }

    static Target of(char shape) {
        FieldRef context = new FieldRef("shapes.Handle", "context");
        boolean monitor = shape == 'k' || shape == 'n';
        RegionSpec region = new RegionSpec(method("shapes.Shapes", String.valueOf(shape)), "wake", path(shape == 'j' ? 2 : 0), monitor ? "monitor" : "lock",
                List.of(new WhenClear.FieldRead(context, Known.NOT_NULL), new WhenClear.Call(method("shapes.Conn", "isListed"), Known.FALSE)), null, List.of(), List.of(), null);
        return new Target("shape-" + shape, "", Map.of(), List.of(), List.of(), List.of(new CarrierSpec("shapes.Handle", true)),
                new Ownership.ReplacesCarrier(new FieldRef("shapes.Conn", "handle"), context, method("shapes.Pool", "takeover")), null,
                List.of(new LockSpec("lock", LockSpec.Kind.REENTRANT, PoolTarget.field("shapes.Pool", "lock"), null, null, null),
                        new LockSpec("monitor", LockSpec.Kind.MONITOR, PoolTarget.field("shapes.Pool", "monitor"), null, null, null)),
                List.of(new MarkSpec(method("shapes.Pool", "insert"), MarkSpec.At.ENTRY, null, path(0, "handle"), null, null)),
                List.of(new MarkSpec(method("shapes.Pool", "attach"), MarkSpec.At.EXIT, null, path(0, "handle"), null, null)),
                List.of(), List.of(region), List.of(), null, null, false, new Source("shapes.yml", 0, 0));
    }
}
