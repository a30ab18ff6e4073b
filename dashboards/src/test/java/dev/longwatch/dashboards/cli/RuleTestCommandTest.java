// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.cli.Stranger.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule is tried on the recording of a stream: the sample video, as if a camera had sent it twice. */
class RuleTestCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STREET = Stranger.ROOT.resolve("sample/street.mp4");
    private static final long LENGTH = 75_000;

    /** On the grid of clips: a multiple of 14 s. */
    private static final Instant BEGUN = Instant.ofEpochMilli(1_796_000_016_000L / 14_000 * 14_000);

    @TempDir
    private Path folder;

    private Path recordings;
    private Stranger stranger;

    @BeforeEach
    void record() throws IOException {
        stranger = new Stranger(folder);
        recordings = folder.resolve("recordings");
        StringBuilder index = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            long start = BEGUN.toEpochMilli() + i * LENGTH;
            Path file = recordings.resolve("yard/segments/x/" + i + ".mp4");
            Files.createDirectories(file.getParent());
            Files.copy(STREET, file);
            index.append(JSON.createObjectNode()
                            .put("type", "segment")
                            .put("stream", "yard")
                            .put("path", "segments/x/" + i + ".mp4")
                            .put("startMillis", start)
                            .put("endMillis", start + LENGTH)
                            .put("clockMicros", start * 1_000))
                    .append('\n');
        }
        Path page = recordings.resolve("yard/index/" + BEGUN.toString().substring(0, 13) + ".jsonl");
        Files.createDirectories(page.getParent());
        Files.writeString(page, index, UTF_8);
    }

    @Test
    void aRuleFiresOnAStreamsPastAsOnAFile() throws Exception {
        Path sheet = folder.resolve("sheet.html");

        Said said = test(
                "a bus is there",
                "--on",
                "yard",
                "--from",
                BEGUN.plusSeconds(2).toString(),
                "--sheet",
                sheet.toString(),
                "--json");

        assertThat(said.status()).as(said.toString()).isZero();
        JsonNode first = JSON.readTree(said.out().get(0));
        assertThat(first.path("rule").asText()).isEqualTo("a bus is there");
        // the sample's bus comes after half a minute
        assertThat(first.path("start_ms").asLong() - BEGUN.toEpochMilli()).isBetween(29_000L, 40_000L);
        assertThat(Instant.parse(first.path("start").asText()).toEpochMilli())
                .isEqualTo(first.path("start_ms").asLong());
        assertThat(said.out().stream().filter(line -> line.contains("\"type\":\"event\"")))
                .as("once in each round")
                .hasSize(2);
        JsonNode probabilities = JSON.readTree(said.out().get(said.out().size() - 2));
        assertThat(probabilities.path("of_clips").size()).isBetween(10, 12);
        assertThat(Files.readString(sheet))
                .contains(
                        "“a bus is there” on yard",
                        "data:image/jpeg;base64,",
                        "<h2>2026-",
                        "reach the threshold of 0.5")
                .doesNotContain("no picture");
    }

    @Test
    void anAbsenceIsWhereItIsNotSeen() throws Exception {
        Said said = test(
                "a bus is there",
                "--on",
                "yard",
                "--from",
                BEGUN.plusSeconds(2).toString(),
                "--to",
                BEGUN.plusSeconds(70).toString(),
                "--absent",
                "--min-duration",
                "10 s");

        assertThat(said.status()).as(said.toString()).isZero();
        assertThat(said.out()).anyMatch(line -> line.matches("2026-.*–.*  a bus is there  .*"));
        assertThat(said.out()).anyMatch(line -> line.startsWith("It would have fired "));
    }

    @Test
    void whatIsNeitherFileNorStreamIsNamedWithWhatIsNear() throws Exception {
        Said misspelt = test("a bus", "--on", "yrad");
        Said far = test("a bus", "--on", "rooftop");
        Said never = stranger.types(
                "rule",
                "test",
                "a bus",
                "--on",
                "yard",
                "--recordings",
                folder.resolve("none").toString());

        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.err())
                .containsExactly("longwatch: --on: 'yrad' is neither a file nor a stream recorded in " + recordings
                        + "; did you mean 'yard'?");
        assertThat(far.err()).singleElement().asString().endsWith("; recorded are yard");
        assertThat(never.err()).singleElement().asString().endsWith("; no stream is recorded there");
    }

    @Test
    void aTimeOfWhichNothingWasRecordedIsRefused() throws Exception {
        Said said = test("a bus", "--on", "yard", "--from", "2026-01-01", "--to", "2026-01-02");
        Said backwards = test(
                "a bus",
                "--on",
                "yard",
                "--from",
                BEGUN.plusSeconds(60).toString(),
                "--to",
                BEGUN.plusSeconds(30).toString());

        assertThat(said.status()).as(said.toString()).isEqualTo(3);
        assertThat(said.err()).singleElement().asString().contains("stream 'yard' was recorded from 2026-");
        assertThat(backwards.status()).isEqualTo(2);
        assertThat(test("a bus", "--on", "yard", "--min-duration", "long").err())
                .containsExactly("longwatch: --min-duration: expected a length of time such as 10s, 5 min, 2h, 30d or"
                        + " PT10S, a day at most, found long");
    }

    private Said test(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 4];
        all[0] = "rule";
        all[1] = "test";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[all.length - 2] = "--recordings";
        all[all.length - 1] = recordings.toString();
        return stranger.types(all);
    }
}
