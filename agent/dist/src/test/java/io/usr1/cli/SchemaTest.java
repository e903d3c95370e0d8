package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.usr1.target.TargetException;
import io.usr1.target.TargetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema that editors use says what the reader does. */
class SchemaTest {

    private static final Path DOCS = Path.of(System.getProperty("test.docs"));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every target of the repository. */
    static Stream<Path> targets() throws IOException {
        Path root = DOCS.getParent();
        Stream<Path> found = Stream.empty();
        for (String folder : new String[] {"agent/target/src/main/resources", "agent/weaver/src/test/resources", "agent/dist/src/test/resources", "sample-app", "docs"}) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                found = Stream.concat(found, files.filter(SchemaTest::isTarget).toList().stream());
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyTargetFits(Path file) throws IOException {
        assertEquals(Set.of(), problems(Files.readString(file)));
    }

    @Test void aMisspeltKeyIsRefused() throws IOException {
        String good = "target: t\nlocks: { l: { kind: monitor, object: a.B } }\nobserve: [ { role: get, method: 'a.B#get', lock: l } ]\n";
        assertEquals(Set.of(), problems(good));
        for (String bad : new String[] {good.replace("observe:", "obserwe:"), good.replace("kind:", "king:"), good.replace("role:", "rolle:"), good.replace("monitor", "monitr")}) {
            assertFalse(problems(bad).isEmpty(), bad);
        }
    }

    /** The reader says which keys a place may have; the schema has the same. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/properties                           | x: 1",
        "/$defs/carrier/properties             | carrier: { x: 1 }",
        "/$defs/ownership/properties           | ownership: { x: 1 }",
        "/$defs/ownership/properties/replaces-carrier/properties | ownership: { replaces-carrier: { x: 1 } }",
        "/$defs/ownership/properties/moves-owner/properties      | ownership: { moves-owner: { x: 1 } }",
        "/$defs/ownership/properties/exclusive/properties        | ownership: { exclusive: { x: 1 } }",
        "/$defs/lock/properties                | locks: { l: { x: 1 } }",
        "/$defs/mark/properties                | set: [ { x: 1 } ]",
        "/$defs/region/properties              | region: [ { x: 1 } ]",
        "/$defs/answer/properties              | answer: [ { x: 1 } ]",
        "/$defs/skip/properties                | skip: [ { x: 1 } ]",
        "/$defs/observe/properties             | observe: [ { x: 1 } ]",
        "/$defs/sign/properties                | listed: { x: 1 }"})
    void theKeysAreThoseOfTheReader(String place, String yaml) throws IOException {
        String start = "target: t\n" + (yaml.startsWith("locks") ? "" : "locks: { l: { kind: monitor, object: a.B } }\n");
        String said = assertThrows(TargetException.class, () -> TargetReader.read("t.yaml", start + yaml)).getMessage();
        assertTrue(said.contains(" has no key 'x'; it may have "), said);
        String keys = said.substring(said.indexOf("it may have ") + "it may have ".length()).replaceAll("; did you mean.*", "");
        Set<String> schema = new TreeSet<>();
        JSON.readTree(DOCS.resolve("usr1-target.schema.json").toFile()).at(place).fieldNames().forEachRemaining(schema::add);
        assertEquals(new TreeSet<>(Arrays.asList(keys.split(", "))), schema);
    }

    private static boolean isTarget(Path file) {
        try {
            boolean yaml = file.toString().endsWith(".yaml") && !file.toString().contains("/target/classes") && !file.toString().contains("/target/test-classes");
            return yaml && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith("target: "));
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<ValidationMessage> problems(String yaml) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(DOCS.resolve("usr1-target.schema.json")));
        JsonNode target = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        return schema.validate(target);
    }
}
