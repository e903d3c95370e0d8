package io.usr1.events;

import io.usr1.runtime.Gate;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Unsigned;

/** A carrier was SET: its connection is about to become idle. Off unless asked for: there is one for each request. */
@Name("io.usr1.Insert")
@Label("Insert")
@Description("A carrier was marked SET, because its connection is about to be put into an idle list; whether the list took it is not known. Off by default")
@Category({"usr1-agent", "Pool Locks"})
@Enabled(false)
@StackTrace(false)
final class Insert extends Event {

    @Label("Target") @Description("The target that names the carrier")
    String target;

    @Label("Loader") @Description("Class loader of the pool's classes")
    String loader;

    @Label("Carrier Class") @Description("Class of the carrier, the object that bears the flag")
    Class<?> carrierClass;

    @Label("Carrier Identity") @Description("Identity hash of the carrier, to join this event with others; no memory address")
    @MemoryAddress @Unsigned @CarrierIdentity
    long carrier;

    Insert() {
    }

    Insert(Object carrier, Gate gate) {
        target = gate.target();
        loader = gate.loader();
        carrierClass = carrier.getClass();
        this.carrier = System.identityHashCode(carrier);
    }
}
