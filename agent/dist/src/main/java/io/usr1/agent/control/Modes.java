package io.usr1.agent.control;

/** Switches modes; any thread. */
public interface Modes {

    /** What holds for targets without a mode of their own, as a word. */
    String mode();

    /** @throws IllegalArgumentException with a sentence, for a word that is no mode */
    void mode(String word);

    /**
     * @param word empty to follow the common mode again
     * @throws IllegalArgumentException with a sentence, for a word that is no mode
     */
    void mode(String target, String word);
}
