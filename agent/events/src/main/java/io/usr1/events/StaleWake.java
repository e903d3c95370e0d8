package io.usr1.events;

import io.usr1.runtime.Site;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Unsigned;

/** A wake that came too late: HAProxy's tasklet with a null context. Off unless asked for: a busy proxy has many. */
@Name("io.usr1.StaleWake")
@Label("Stale Wake")
@Description("A wake took the lock and saw that another thread had taken its connection over: the wake that a bypass must never be. Needs 'stolen' in the target. Off by default")
@Category({"usr1-agent", "Pool Locks"})
@Enabled(false)
@StackTrace(false)
final class StaleWake extends Event {

    @Label("Target") @Description("The target that names the carrier")
    String target;

    @Label("Loader") @Description("Class loader of the pool's classes")
    String loader;

    @Label("Role") @Description("What the target calls such code: wake, ...")
    String role;

    @Label("Site") @Description("Class and method that was woken")
    String site;

    @Label("Carrier Class") @Description("Class of the carrier, the object that bears the flag")
    Class<?> carrierClass;

    @Label("Carrier Identity") @Description("Identity hash of the carrier, to join this event with others; no memory address")
    @MemoryAddress @Unsigned @CarrierIdentity
    long carrier;

    StaleWake() {
    }

    StaleWake(Object carrier, Site site) {
        target = site.gate().target();
        loader = site.gate().loader();
        role = site.role();
        this.site = site.method();
        carrierClass = carrier.getClass();
        this.carrier = System.identityHashCode(carrier);
    }
}
