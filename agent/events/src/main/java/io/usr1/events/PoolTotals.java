package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * All targets and roles in one row a period, to be drawn as lines. {@link PoolStatistics} cannot be: where the rows of one
 * period cross the end of a thread's buffer, Flight Recorder writes them in another order (seen on 17 after 130 rows), and
 * JDK Mission Control then draws no line at all. The one row of this type is flushed before the next one comes.
 */
@Name("io.usr1.PoolTotals")
@Label("Pool Lock Totals")
@Description("Lock acquisitions and bypasses of all targets together since the event before; for charts. Written once a period of Pool Lock Statistics")
@Category({"usr1-agent", "Pool Locks"})
@StackTrace(false)
final class PoolTotals extends Event {

    @Label("Acquired") @Description("Times a lock was taken")
    int acquired;

    @Label("Contended") @Description("Times a thread had to wait for a lock")
    int contended;

    @Label("Wait Time") @Description("Time waited for locks, over all threads")
    @Timespan(Timespan.NANOSECONDS)
    long waitTime;

    @Label("Bypassed") @Description("Times a lock was not needed, because the USR1 flag was clear")
    int bypassed;

    @Label("Needless") @Description("Times a lock was taken although the USR1 flag was clear, because the gate is not open")
    int needless;

    @Label("Guarded") @Description("Times code that can bypass found the USR1 flag set or unknown, or the connection another thread's, so that it needed the lock")
    int guarded;

    @Label("Bypass Ratio") @Description("Bypassed, of all that looked at the flag (bypassed, needless, guarded); 0 if nothing did")
    @Percentage
    double bypassRatio;

    @Label("Clear Ratio") @Description("Bypassed or needless, of all that looked at the flag: what the bypass ratio is or would be with an open gate; 0 if nothing did")
    @Percentage
    double clearRatio;

    @Label("Takeovers") @Description("Times a lock was taken by code that the target calls a takeover")
    int takeovers;

    @Label("Failed Tries") @Description("Times a try-lock did not get the lock")
    int failedTries;
}
