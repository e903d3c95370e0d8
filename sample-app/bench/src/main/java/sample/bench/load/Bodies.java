package sample.bench.load;

import java.util.SplittableRandom;

/** How long the bodies of a run are. The token says it too, so that the origin knows. */
public enum Bodies {
    /** As each token draws them: most answers are short, a few very long, and one request in five has a body of its own. */
    MIXED(-1),
    /** Answers of 1 KiB to requests without a body. */
    SMALL(1 << 10),
    /** Answers of 64 KiB to requests without a body. */
    LARGE(64 << 10);

    /** Where the token has it; rounds stay below. */
    private static final int SHIFT = 60;

    private final int length;

    Bodies(int length) {
        this.length = length;
    }

    /** The token of one position in a round. */
    long token(int round, long position) {
        return (long) ordinal() << SHIFT | (long) round << 32 | position;
    }

    /** Throws IllegalArgumentException if there are no such bodies. */
    static Bodies of(long token) {
        int ordinal = (int) (token >>> SHIFT);
        if (ordinal >= values().length) {
            throw new IllegalArgumentException("token that begins with " + ordinal + ", expected less than " + values().length);
        }
        return values()[ordinal];
    }

    /** The answer's body. */
    Body answer(SplittableRandom random) {
        return length < 0 ? Body.draw(random) : new Body(length, false, random.nextInt(Body.MAX_LENGTH));
    }

    /** The request's body, or null. */
    Body request(SplittableRandom random) {
        return length < 0 && random.nextInt(5) == 0 ? Body.draw(random) : null;
    }
}
