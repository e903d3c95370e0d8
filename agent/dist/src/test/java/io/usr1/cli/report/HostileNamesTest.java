package io.usr1.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.usr1.findings.Evidence;
import io.usr1.findings.Gate;
import io.usr1.findings.Role;
import io.usr1.findings.Wait;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Names in a recording are anybody's: threads, pools, targets, reasons, the file itself. */
class HostileNamesTest {

    private static final String NAME = "<script>alert('1')</script>\"&\u001b[2J\u0007\u202e\n%s{0}";

    private final List<Report> reports = List.of(report(), report());

    @Test void areNoMarkup() throws Exception {
        String page = HtmlReport.page(reports);
        assertFalse(page.contains("<script"), "a tag of the recording's");
        assertTrue(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;?[2J???%s{0}"), page);
        // Every start tag has its end, and every attribute its quotes: an XML parser reads the body.
        String body = page.substring(page.indexOf("<body>"), page.indexOf("</body>") + "</body>".length());
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
        assertFalse(Pattern.compile("https?://|src=|href=|url\\(").matcher(page).find(), "the page needs nothing else");
    }

    @Test void areNoCommandsToATerminal() {
        StringWriter text = new StringWriter();
        TextReport.print(reports, new PrintWriter(text));
        assertTrue(text.toString().chars().noneMatch(each -> each < ' ' && each != '\n' && each != '\r' || each == 0x202e), text.toString());
    }

    @Test void areWholeInJson() throws Exception {
        StringWriter json = new StringWriter();
        JsonReport.write(reports, json);
        boolean seen = false;
        try (JsonParser parser = new JsonFactory().createParser(json.toString())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                seen |= token == JsonToken.VALUE_STRING && parser.getText().equals(NAME);
            }
        }
        assertTrue(seen, "the name as it stands in the recording");
    }

    @Test void numbersBeyondAllBoundsDrawNothingOutside() throws Exception {
        Evidence evidence = new Evidence();
        evidence.at(Long.MIN_VALUE);
        evidence.at(Long.MAX_VALUE);
        Timeline timeline = new Timeline();
        evidence.statistics(new Role(null, null, Long.MAX_VALUE, 1, 1, 1, 1, Long.MAX_VALUE, 0, 0, 0));
        evidence.wait(new Wait(null, null, null, null, null, null, null, 0, Long.MAX_VALUE));
        timeline.waited(0, Long.MAX_VALUE);
        timeline.cover(Long.MIN_VALUE, Long.MAX_VALUE);
        String page = HtmlReport.page(List.of(new Report("r", evidence, timeline)));
        assertFalse(page.contains("NaN") || page.contains("Infinity"), page);
        assertEquals(1, page.split("<h1>", -1).length - 1);
    }

    private static Report report() {
        Evidence evidence = new Evidence();
        Timeline timeline = new Timeline();
        evidence.at(0);
        evidence.at(5_000_000_000L);
        evidence.settings(NAME, NAME, NAME);
        evidence.statistics(new Role(NAME, NAME, 100, 10, 10, 80, 10, 1_000_000, 0, 0, 0));
        evidence.wait(new Wait(NAME, NAME, NAME, NAME, NAME, NAME, NAME, 0, 1_000_000));
        evidence.gate(new Gate(NAME, NAME, NAME, NAME, NAME));
        evidence.rewrite(NAME + "2", NAME, NAME);
        evidence.violation(NAME, NAME, NAME, NAME);
        timeline.waited(0, 1_000_000);
        timeline.looked(0, 10, 80, 100);
        timeline.cover(0, 5_000_000_000L);
        return new Report(NAME, evidence, timeline);
    }
}
