// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and summaries about the sample video, with the embedded model and the real Elasticsearch of the test run. */
class AskCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    /** Under a name that no earlier run has used. */
    private static Path watched;

    private static String home = "";

    @BeforeAll
    static void watch() throws IOException {
        home = System.getProperty("longwatch.home", "");
        System.setProperty("longwatch.home", ROOT.toString());
        watched = copy();
        Run run = longwatch(
                "watch",
                watched.toString(),
                "--rule",
                "a car enters",
                "--rule",
                "a bus stops",
                "--rule",
                "a dog is there");
        assertThat(run.status()).as(run.toString()).isZero();
    }

    @AfterAll
    static void restore() {
        if (home.isEmpty()) {
            System.clearProperty("longwatch.home");
        } else {
            System.setProperty("longwatch.home", home);
        }
    }

    @Test
    void whatIsKeptAnswersWithItsSeconds() throws IOException {
        Run when = longwatch("ask", "when does a car enter?", "--on", watched.toString());
        assertThat(when.status()).as(when.toString()).isZero();
        assertThat(when.out().get(0)).matches("At 00:00:0[89]\\.\\d–00:00:1\\d\\.\\d\\.");
        assertThat(when.out().get(1))
                .matches("00:00:0[89]\\.\\d–00:00:1\\d\\.\\d  a car enters  [01]\\.\\d\\d  " + watched.getFileName());
        assertThat(when.err()).isEmpty();

        Run often = longwatch("ask", "How many times is there a dog?", "--on", name(), "--json");
        assertThat(often.status()).as(often.toString()).isZero();
        JsonNode answer = JSON.readTree(often.out().get(often.out().size() - 1));
        assertThat(answer.path("type").asText()).isEqualTo("answer");
        assertThat(answer.path("known").asBoolean()).isTrue();
        assertThat(answer.path("text").asText()).startsWith("Once: 00:00:2");
        assertThat(answer.path("basis").asText()).isEqualTo("index");
        assertThat(answer.path("model").asText()).isEmpty();
        assertThat(often.out()).anySatisfy(line -> {
            JsonNode rests = JSON.readTree(line);
            assertThat(rests.path("type").asText()).isEqualTo("rests");
            assertThat(rests.path("jump").asText()).matches(".*\\.mp4#t=2\\d\\.\\d");
        });
    }

    @Test
    void whatIsNotKeptIsLookedAtAgain() throws IOException {
        Run run = longwatch("ask", "When does a car stop?", "--on", watched.toString());

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out().get(0)).matches("At 00:00:1\\d\\.\\d–00:00:1\\d\\.\\d\\.");
        assertThat(run.out().get(1))
                .startsWith("Looked at " + name() + " 00:00:00.0–")
                .endsWith(" only.");
    }

    @Test
    void whatIsNotKnownIsSaidWithTheNearestMoments() throws IOException {
        Run zebra = longwatch("ask", "is there a zebra?", "--on", watched.toString());
        assertThat(zebra.status()).as(zebra.toString()).isEqualTo(7);
        assertThat(zebra.out()).containsExactly("I do not know. Nothing that was watched tells of it.");

        Run why = longwatch("ask", "why does the car leave?", "--on", watched.toString());
        assertThat(why.status()).as(why.toString()).isEqualTo(7);
        assertThat(why.out().get(0)).startsWith("I do not know. ").contains("cannot answer in its own words");
        assertThat(why.out()).contains("The nearest moments:").anyMatch(line -> line.contains("a car enters"));

        Run behind = longwatch("ask", "when does a car enter?", "--on", watched.toString(), "--from", "00:00:30");
        assertThat(behind.status()).as(behind.toString()).isEqualTo(7);
    }

    @Test
    void aVideoThatNobodyWatchedIsLookedAtWhenThatIsWanted() throws IOException {
        Path fresh = copy();

        Run asked = longwatch("ask", "is there a dog?", "--on", fresh.toString());
        assertThat(asked.status()).as(asked.toString()).isEqualTo(7);
        assertThat(asked.err()).containsExactly(fresh.getFileName() + " was never watched; --look looks at it now");

        Run looked =
                longwatch("ask", "is there a dog?", "--on", fresh.toString(), "--look", "--from", "20", "--to", "40");
        assertThat(looked.status()).as(looked.toString()).isZero();
        assertThat(looked.out().get(0)).startsWith("Yes: at 00:00:2");

        Run summary = longwatch("summarise", fresh.toString());
        assertThat(summary.status()).as(summary.toString()).isEqualTo(7);
    }

    @Test
    void wrongQuestionsAreRefusedInOneSentence() throws IOException {
        assertThat(longwatch("ask", " ").err()).containsExactly("longwatch: expected a question, found none");
        assertThat(longwatch("ask", "is there a dog?", "--on", "no-such-stream").status())
                .isEqualTo(2);
        assertThat(longwatch("ask", "is there a dog?", "--from", "noon").status())
                .isEqualTo(2);
        assertThat(longwatch("ask", "is there a dog?", "--look").err())
                .containsExactly("longwatch: --look: expected --on VIDEO, which is then looked at as a whole");
        assertThat(longwatch("summarise", "no-such-stream").status()).isEqualTo(2);
    }

    @Test
    void aVideoIsSummarisedOnOnePage() throws IOException {
        Path page = folder.resolve("page.md");

        Run run = longwatch("summarise", watched.toString(), "--out", page.toString());
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(Files.readString(page))
                .startsWith("# " + name()
                        + ", 00:00:00.0–00:01:15.0\n\nWatched 00:01:15.0 of 00:01:15.0. 3 events of 3 rules.\n")
                .contains("## Chapters", "| a car enters | 1 | ", "Every second was looked at.");

        Run part = longwatch("summarise", name(), "--format", "json", "--to", "20");
        JsonNode json = JSON.readTree(String.join("\n", part.out()));
        assertThat(json.path("events").asInt()).isEqualTo(1);
        assertThat(json.at("/span/end_ms").asLong()).isEqualTo(20_000);
        assertThat(json.path("watched_ms").asLong()).isEqualTo(20_000);
        assertThat(longwatch("summarise", name(), "--out", folder.toString()).status())
                .isEqualTo(6);
    }

    @Test
    void aVideoInWhichNothingHappensIsQuiet() throws IOException {
        Path quiet = copy();
        assertThat(longwatch("watch", quiet.toString(), "--rule", "a zebra is there")
                        .status())
                .isZero();

        Run run = longwatch("summarise", quiet.toString());

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("Watched 00:01:15.0 of 00:01:15.0. Nothing was seen.");
        assertThat(run.out()).contains("The longest quiet lasted 75.0 s: 00:00:00.0–00:01:15.0.");
    }

    private static String name() {
        return watched.getFileName().toString();
    }

    private static Path copy() throws IOException {
        return Files.copy(ROOT.resolve("sample/street.mp4"), folder.resolve("street-" + UUID.randomUUID() + ".mp4"));
    }

    private static Run longwatch(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", ROOT.resolve("target").toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream remarked = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(remarked, true, StandardCharsets.UTF_8));
        try {
            int status = Longwatch.run(all.toArray(String[]::new));
            return new Run(
                    status,
                    said.toString(StandardCharsets.UTF_8).lines().toList(),
                    remarked.toString(StandardCharsets.UTF_8).lines().toList());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private record Run(int status, List<String> out, List<String> err) {}
}
