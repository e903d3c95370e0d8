package sample.bench.demo;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A relation between counters that holds exactly, whatever the scheduling: the counts are of events, not of time.
 *
 * @param text    as it is printed
 * @param scope   which arms, in words
 * @param applies which arms
 * @param holds   whether it holds for an arm
 * @param found   what an arm has instead
 */
record Identity(String text, String scope, Predicate<ArmResult> applies, Predicate<ArmResult> holds, Function<ArmResult, String> found) {

    /** All that must hold, in the order in which it is printed. */
    static final List<Identity> ALL = List.of(
            zero("errors == 0", ArmResult::errors),
            zero("wrongBodies == 0", ArmResult::wrongBodies),
            zero("errors made by the proxy == 0", ArmResult::proxyErrors),
            zero("loopFailures == 0", ArmResult::loopFailures),
            every("requests == sent", ArmResult::requests, ArmResult::sent),
            every("getLocks == lookups", ArmResult::getLocks, ArmResult::lookups),
            every("insertLocks == insertsOffered", ArmResult::insertLocks, ArmResult::insertsOffered),
            every("tryLocksWon == takeovers + emptyScans + probeRefusals",
                    ArmResult::tryLocksWon, arm -> arm.takeovers() + arm.emptyScans() + arm.probeRefusals()),
            every("wakeLocks == staleWakes + idleWakes + otherLockedWakes",
                    ArmResult::wakeLocks, arm -> arm.staleWakes() + arm.idleWakes() + arm.otherLockedWakes()),
            equal("wakeLocks == wakes", "no bypass", arm -> !arm.bypasses(), ArmResult::wakeLocks, ArmResult::wakes),
            equal("bypassed == 0", "no bypass", arm -> !arm.bypasses(), ArmResult::bypassed, arm -> 0),
            zero("violations == 0", ArmResult::violations),
            new Identity("the gate is open", "bypass", ArmResult::bypasses, arm -> "open".equals(arm.gateState()),
                    arm -> "its state is " + arm.gateState()),
            new Identity("bypassed > 0", "bypass", ArmResult::bypasses, arm -> arm.bypassed() > 0, arm -> "found " + arm.bypassed()),
            bypass("wakes == wakeLocks + bypassed", ArmResult::wakes, arm -> arm.wakeLocks() + arm.bypassed()),
            bypass("frontWakeLocks == 0", ArmResult::frontWakeLocks, arm -> 0),
            never("wakeLocks == 0", ArmResult::wakeLocks),
            never("otherLockedWakes == 0", ArmResult::otherLockedWakes));

    /** What was found instead, in one sentence. */
    String complaint(ArmResult arm) {
        String reason = arm.gateReason() == null ? "" : " The agent says: " + arm.gateReason() + ".";
        return arm.title() + ": " + text + " does not hold: " + found.apply(arm) + "." + reason;
    }

    private static Identity equal(String text, String scope, Predicate<ArmResult> applies,
            ToLongFunction<ArmResult> left, ToLongFunction<ArmResult> right) {
        return new Identity(text, scope, applies, arm -> left.applyAsLong(arm) == right.applyAsLong(arm),
                arm -> left.applyAsLong(arm) + " against " + right.applyAsLong(arm));
    }

    private static Identity every(String text, ToLongFunction<ArmResult> left, ToLongFunction<ArmResult> right) {
        return equal(text, "every arm", arm -> true, left, right);
    }

    private static Identity zero(String text, ToLongFunction<ArmResult> counter) {
        return every(text, counter, arm -> 0);
    }

    private static Identity bypass(String text, ToLongFunction<ArmResult> left, ToLongFunction<ArmResult> right) {
        return equal(text, "bypass", ArmResult::bypasses, left, right);
    }

    private static Identity never(String text, ToLongFunction<ArmResult> counter) {
        return equal(text, "bypass, never", arm -> arm.bypasses() && arm.keepsPrivate(), counter, arm -> 0);
    }
}
