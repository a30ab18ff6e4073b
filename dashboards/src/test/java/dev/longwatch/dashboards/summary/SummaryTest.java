// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import static dev.longwatch.dashboards.summary.Stories.event;
import static dev.longwatch.dashboards.summary.Stories.gap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.summary.Summary.Part;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Story HOUR = Stories.of(
            3_600,
            List.of(gap(2_000, 2_600)),
            event("a car enters", 600, 640),
            event("a car enters", 660, 670),
            event("a car leaves.", 700, 720),
            event("a | dog", 3_000, 3_100));

    @Test
    void everySentenceCarriesTheSecondsItRestsOn() {
        Summary summary = Summary.of(HOUR);

        assertThat(summary.chapters())
                .extracting(Part::title)
                .containsExactly(
                        "Nothing was seen",
                        "A car enters, a car leaves",
                        "Nothing was seen",
                        "Nobody looked",
                        "Nothing was seen",
                        "A | dog",
                        "Nothing was seen");
        assertThat(summary.chapters()).allSatisfy(chapter -> assertThat(chapter.sentences())
                .isNotEmpty()
                .allSatisfy(
                        sentence -> assertThat(sentence.rests()).isNotEmpty().allSatisfy(span -> {
                            assertThat(span.startMs())
                                    .isGreaterThanOrEqualTo(chapter.span().startMs());
                            assertThat(span.endMs())
                                    .isLessThanOrEqualTo(chapter.span().endMs());
                        })));
        assertThat(summary.chapters().get(1).sentences())
                .extracting(Summary.Sentence::text)
                .containsExactly("A car enters, 2 times.", "A car leaves.");
        assertThat(summary.chapters()).extracting(Part::events).containsExactly(0, 3, 0, 0, 0, 1, 0);
        assertThat(summary.longestQuiet()).isEqualTo(Summary.Span.of(new TimeSpan(720_000, 2_000_000)));
        assertThat(summary.rules().get(0))
                .isEqualTo(new Summary.Rule(
                        "a car enters",
                        2,
                        50_000,
                        Summary.Span.of(new TimeSpan(600_000, 640_000)),
                        Summary.Span.of(new TimeSpan(660_000, 670_000)),
                        Summary.Span.of(new TimeSpan(600_000, 640_000)),
                        0.9));
    }

    @Test
    void thePageSaysTheSame() {
        assertThat(Markdown.of(Summary.of(HOUR)))
                .startsWith("# yard, 00:00:00.0–01:00:00.0\n\nWatched 00:50:00.0 of 01:00:00.0. 4 events of 3 rules.\n")
                .contains("| 00:00:00.0–00:10:00.0 | **Nothing was seen** |\n")
                .contains("| 00:10:00.0–00:12:00.0 | **A car enters, a car leaves**: A car enters, 2 times"
                        + " (00:10:00.0–00:10:40.0, 00:11:00.0–00:11:10.0). A car leaves (00:11:40.0–00:12:00.0). |\n")
                .contains("| a car enters | 2 | 50.0 s | 00:10:00.0 | 00:11:00.0 | 00:10:00.0–00:10:40.0 | 0.90 |\n")
                .contains("**A \\| dog**")
                .contains("The longest quiet lasted 1280.0 s: 00:12:00.0–00:33:20.0.\n")
                .endsWith("- 00:33:20.0–00:43:20.0: gap, the video has no pictures here\n");
    }

    @Test
    void whereNothingHappenedOrNobodyLookedThatIsSaid() {
        assertThat(Markdown.of(Summary.of(Stories.of(75))))
                .isEqualTo(
                        """
                        # yard, 00:00:00.0–00:01:15.0

                        Watched 00:01:15.0 of 00:01:15.0. Nothing was seen.

                        ## Chapters

                        | when | what |
                        |---|---|
                        | 00:00:00.0–00:01:15.0 | **Nothing was seen** |

                        The longest quiet lasted 75.0 s: 00:00:00.0–00:01:15.0.

                        ## Not watched

                        Every second was looked at.
                        """);
        assertThat(Markdown.of(Summary.of(Stories.of(75, List.of(gap(0, 75))))))
                .contains("Watched 00:00:00.0 of 00:01:15.0. Nobody looked.\n")
                .contains("| 00:00:00.0–00:01:15.0 | **Nobody looked** |\n")
                .contains("There was no second in which somebody looked and saw nothing.\n");
    }

    @Test
    void theJsonHasItsDocumentedKeys() {
        JsonNode json = new ObjectMapper().valueToTree(Summary.of(HOUR));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "schema",
                        "stream",
                        "clock",
                        "zero",
                        "span",
                        "watched_ms",
                        "not_watched",
                        "events",
                        "events_left_out",
                        "rules",
                        "longest_quiet",
                        "chapters");
        assertThat(json.at("/chapters/1").fieldNames())
                .toIterable()
                .containsExactly("span", "kind", "title", "title_by", "events", "sentences");
        assertThat(json.at("/chapters/1/sentences/0/rests/1/start").asText()).isEqualTo("00:11:00.0");
        assertThat(json.at("/rules/0").fieldNames())
                .toIterable()
                .containsExactly("rule", "events", "total_ms", "first", "last", "longest", "confidence");
        assertThat(json.path("clock").asText()).isEqualTo("video");
    }

    @Test
    void aModelsTitleStandsWhereItsChapterIsAndSaysWhoseItIs() {
        Titles titles = new Titles(Summary.of(HOUR));
        assertThat(titles.json("/models/7b"))
                .contains("\"model\":\"/models/7b\"", "- A car enters, 2 times.\\n- A car leaves.\\nWrite a title")
                .doesNotContain("Nothing was seen");

        titles.take(0, "\"A car comes and goes.\"\nAs the notes say …", "qwen-1");
        titles.take(1, " \n", "qwen-1");

        assertThat(titles.summary().chapters().get(1)).satisfies(chapter -> {
            assertThat(chapter.title()).isEqualTo("A car comes and goes");
            assertThat(chapter.titleBy()).isEqualTo("qwen-1");
        });
        assertThat(titles.summary().chapters().get(5).titleBy()).isEqualTo(Summary.COMPOSED);
        assertThat(new Titles(Summary.of(Stories.of(75))).areNone()).isTrue();
    }

    @Test
    void whatTheLedgerDoesNotSayIsUnknown() {
        long zero = 1_000_000;
        Watched watched = Watched.of(
                new TimeSpan(0, 100),
                zero,
                List.of(
                        new CoverageSpan("yard", zero - 50, zero + 20, State.ANALYSED, "", 2),
                        new CoverageSpan("yard", zero + 30, zero + 40, State.SKIPPED, "too dark", 0),
                        new CoverageSpan("yard", zero + 40, zero + 400, State.ANALYSED, "", 2)));

        assertThat(watched.watchedMillis()).isEqualTo(80);
        assertThat(watched.notWatched())
                .containsExactly(
                        new Watched.NotWatched(new TimeSpan(20, 30), "unknown", "nobody has written what became of it"),
                        new Watched.NotWatched(new TimeSpan(30, 40), "skipped", "too dark"));
    }

    @Test
    void aRecordingsClockIsTheWallClock() {
        assertThat(StreamClock.of(new TimeSpan(1_793_880_003_567L, 1_793_880_004_000L)))
                .isEqualTo("2026-11-05T12:00:03.500Z–2026-11-05T12:00:04Z");
        assertThat(StreamClock.of(new TimeSpan(62_099, 3_600_000))).isEqualTo("00:01:02.0–01:00:00.0");
    }
}
