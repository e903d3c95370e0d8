package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad usage: status 2 and one sentence that names what was found and what was expected. */
class UsageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --loops 2                             | --server
            --server nowhere                      | 'nowhere' is not HOST:PORT
            --server 127.0.0.1:70000              | port from 0 to 65535
            --server 127.0.0.1:1 --loops 0        | --loops is 0; expected at least 1
            --server 127.0.0.1:1 --loops x        | --loops
            --server 127.0.0.1:1 --maxconn -1     | --maxconn is -1; expected at least 0
            --server 127.0.0.1:1 --lock stamped   | [REENTRANT, SYNCHRONIZED, SPIN]
            --server 127.0.0.1:1 --reuse some     | [NEVER, SAFE, AGGRESSIVE, ALWAYS]
            --server 127.0.0.1:1 --server-protocol h3     | [H1, H2]
            --server 127.0.0.1:1 --pool-max-conn -2       | --pool-max-conn is -2; expected at least -1
            --server 127.0.0.1:1 --pool-purge-delay -1    | --pool-purge-delay is -1; expected at least 0
            --server 127.0.0.1:1 --time-locks no  | --time-locks
            --server 127.0.0.1:1 --what           | --what
            """)
    void isOneSentence(String options, String expected) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true));
        try {
            assertEquals(2, Main.run(options.split(" ")));
        } finally {
            System.setErr(stderr);
        }
        String sentence = printed.toString();
        assertTrue(sentence.startsWith("sample-proxy: ") && sentence.contains(expected), sentence);
        assertEquals(1, sentence.lines().count(), sentence);
    }

    @Test
    void aHostAndPortArePrintedAsTheyWereRead() {
        assertEquals("127.0.0.1:80", HostPort.print(HostPort.parse("127.0.0.1:80")));
        assertEquals("127.0.0.1:0", HostPort.print(HostPort.parse("localhost:0")));
    }
}
