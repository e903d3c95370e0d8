package sample.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table(1, List.of("arm", "locks"), List.of(List.of("plain", "2.000"), List.of("bypass", "10.000")));

    @Test
    void wordsToTheLeftNumbersToTheRight() {
        assertEquals("arm      locks\nplain    2.000\nbypass  10.000\n", table.aligned());
    }

    @Test
    void markdownHasTheSameColumns() {
        assertEquals("""
                | arm    |  locks |
                | ------ | -----: |
                | plain  |  2.000 |
                | bypass | 10.000 |
                """, table.markdown());
    }
}
