package io.usr1.weaver;

import java.util.List;

/**
 * Nothing of the target is woven.
 *
 * @param refusals every reason found, at least one, each once
 */
public record Refused(List<Refusal> refusals) implements Verdict {

    public Refused {
        refusals = List.copyOf(refusals);
    }
}
