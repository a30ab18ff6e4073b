// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.cli.Stranger.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the machine that runs the tests, where everything else of Longwatch runs too. */
class DoctorCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Stranger stranger;

    @BeforeEach
    void somebody() {
        stranger = new Stranger(folder);
    }

    @Test
    void everythingThatIsNeededIsLookedAtAndThere() throws Exception {
        Said said = stranger.types("doctor", "--json");

        assertThat(said.status()).as(said.toString()).isZero();
        Map<String, JsonNode> findings = said.out().stream()
                .map(DoctorCommandTest::json)
                .collect(Collectors.toMap(finding -> finding.path("what").asText(), finding -> finding));
        assertThat(findings.keySet())
                .containsExactlyInAnyOrder(
                        "Java",
                        "memory",
                        "data folder",
                        "longwatch.yaml",
                        "API",
                        "Elasticsearch",
                        "decoder",
                        "GPU",
                        "model");
        assertThat(findings.values())
                .noneMatch(finding -> finding.path("state").asText().equals("wrong"));
        assertThat(findings.get("model").path("found").asText()).startsWith("nano-");
    }

    @Test
    void whatIsWrongIsNamedTheRestIsLookedAtAndTheExitCodeSaysIt() throws Exception {
        Path config = Files.writeString(folder.resolve("longwatch.yaml"), "streems: {}\n");

        Said said = stranger.types(
                "doctor",
                "-c",
                config.toString(),
                "--model",
                folder.resolve("none").toString());

        assertThat(said.status()).as(said.toString()).isEqualTo(2);
        assertThat(said.out())
                .anyMatch(line -> line.startsWith("wrong  longwatch.yaml") && line.contains("streems"))
                .anyMatch(line -> line.startsWith("wrong  model") && line.contains("none"))
                .anyMatch(line -> line.startsWith("ok     decoder"));
        assertThat(said.out().get(said.out().size() - 1)).isEqualTo("2 things are wrong.");
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
