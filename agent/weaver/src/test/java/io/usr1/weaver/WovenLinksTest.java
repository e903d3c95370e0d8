package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.usr1.runtime.Mode;

import org.junit.jupiter.api.Test;

/** The list is compared with what woven classes really name: one that is missing there would be missed by the check of a loader. */
class WovenLinksTest {

    private static final Pattern RUNTIME = Pattern.compile("io/usr1/runtime/([A-Za-z]+)");

    @Test void areAllClassesOfTheRuntimeThatWovenCodeNames() throws Exception {
        WovenPool pool = new WovenPool(Fixture.compile("pool", source -> source), "Reentrant", Mode.BYPASS);
        MovingPool other = new MovingPool(MovingPool.MOVES, Mode.BYPASS);
        Set<String> named = Stream.of(pool.woven, other.woven).flatMap(woven -> woven.values().stream()).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .flatMap(text -> RUNTIME.matcher(text).results()).map((MatchResult found) -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(WovenLinks.RUNTIME.stream().map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new)), named);
    }
}
