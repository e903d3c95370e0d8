package io.usr1.cli.show;

import java.util.List;

/**
 * One change of a method.
 *
 * @param method     name and parameter types
 * @param what       what is done to it, a sentence without a full stop
 * @param changes    by source line
 * @param notReached source lines that are not reached while the flag is clear
 * @param bypass     the byte code that runs while the flag is clear; empty if nothing is bypassed
 */
public record ShownMethod(String method, String what, List<Change> changes, List<Integer> notReached, List<Change> bypass) {

    /**
     * One place.
     *
     * @param line source line, 0 if the class does not say
     * @param code the expression, or the instruction of a byte code
     * @param now  what becomes of it; for an instruction what it speaks of, maybe empty
     */
    public record Change(int line, String code, String now) {
    }
}
