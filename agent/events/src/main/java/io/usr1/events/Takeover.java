package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Unsigned;

/** A lock taken by code that the target calls a takeover. Off unless asked for: a busy proxy takes over thousands a second. */
@Name("io.usr1.Takeover")
@Label("Takeover")
@Description("A thread took the lock of an idle list in order to take a connection over; whether it found one is not known. Off by default")
@Category({"usr1-agent", "Pool Locks"})
@Enabled(false)
@StackTrace(false)
final class Takeover extends Event {

    /** The role that a target gives to such code. */
    static final String ROLE = "takeover";

    @Label("Target") @Description("The target that names the lock")
    String target;

    @Label("Pool") @Description("The pool instance that was taken from: class and identity of its lock")
    String pool;

    @Label("Site") @Description("Class and method that took the lock")
    String site;

    @Label("Lock Identity") @Description("Identity hash of the lock, to join this event with others; no memory address")
    @MemoryAddress @Unsigned @LockIdentity
    long address;

    @Label("Contended") @Description("The thread had to wait for the lock")
    boolean contended;

    Takeover() {
    }

    Takeover(LockAcquisition acquisition) {
        target = acquisition.target;
        pool = acquisition.pool;
        site = acquisition.site;
        address = acquisition.address;
        contended = acquisition.contended;
    }
}
