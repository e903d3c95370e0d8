package sample.bench.load;

import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * One request and the answer that belongs to it, all drawn from the token: both ends know what must arrive, so an answer
 * that was cut, changed or given to the wrong client is seen at once.
 *
 * @param token   16 hexadecimal digits
 * @param request the request's body; null for a GET
 * @param answer  the answer's body
 */
record Exchange(String token, Body request, Body answer) {

    static final String TOKEN = "X-Token";
    static final String LENGTH = "X-Length";
    static final String CHECKSUM = "X-Crc32c";

    /** The status with which the origin answers a request that is not the one its token stands for. */
    static final int REQUEST_DAMAGED = 422;

    /** The exchange of one position in a round; the same for every proxy, so that all of them do the same work. */
    static Exchange at(int round, long position) {
        return at(Bodies.MIXED, round, position);
    }

    static Exchange at(Bodies bodies, int round, long position) {
        return of(HexFormat.of().toHexDigits(bodies.token(round, position)));
    }

    /** Throws IllegalArgumentException if the token is not 16 hexadecimal digits, or not one of {@link #at}. */
    static Exchange of(String token) {
        if (token.length() != 16) {
            throw new IllegalArgumentException("token of " + token.length() + " characters, expected 16 hexadecimal digits");
        }
        long seed = HexFormat.fromHexDigitsToLong(token);
        Bodies bodies = Bodies.of(seed);
        var random = new SplittableRandom(seed);
        Body answer = bodies.answer(random);
        return new Exchange(token, bodies.request(random), answer);
    }

    String method() {
        return request == null ? "GET" : "POST";
    }

    /** Path and query; the origin answers {@link #REQUEST_DAMAGED} if they do not fit the headers. */
    String target() {
        return "/" + token + "?length=" + answer.length();
    }
}
