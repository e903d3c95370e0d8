package io.usr1.agent.control;

import java.util.List;
import java.util.Map;

/** {@code io.usr1:type=Target,target=...,loader=...}: one target in one class loader. Counts only grow. Any thread. */
public interface TargetMXBean {

    String getTarget();

    /** The class loader's name. */
    String getLoader();

    /** {@code open}, {@code waiting}, {@code shut} or {@code refused}. */
    String getState();

    /** Why it is shut or refused; null while it is neither. */
    String getReason();

    /** The mode that holds for this target. */
    String getMode();

    /**
     * Gives this target a mode of its own, as {@code usr1.target.NAME.mode} does, in every loader.
     *
     * @param mode one of the four words; empty to follow {@code usr1.mode} again
     * @throws IllegalArgumentException for another word
     */
    void setMode(String mode);

    /**
     * Asks for a gate that was shut for good to be opened again. There is no reason for which it may, see {@link io.usr1.runtime.Breaker};
     * so this says what shut it and what to do, or that nothing did.
     *
     * @return the state, in a sentence, if the gate is not shut for good
     * @throws IllegalStateException with the reason, if it is shut for good or the target is not woven
     */
    String resetBreaker();

    /** Every reason why it was refused; empty if it is woven. */
    List<String> getRefusals();

    /** Locks that were not taken. */
    long getBypassed();

    /** Of all calls that could go without their lock, the share that did; 0 while there was none. A layer that never does counts, too. */
    double getBypassRatio();

    /** Clear flags that audit found where they must not be. */
    long getViolations();

    /** Where and what audit or the breaker found last; null while there was nothing. */
    String getLastViolation();

    /** Counts by role: {@code wake}, {@code get}, {@code insert}, ... */
    Map<String, Counts> getRoles();

    /** Counts by woven place. */
    Map<String, Counts> getSites();
}
