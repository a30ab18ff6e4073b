// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import static dev.longwatch.dashboards.summary.Stories.event;
import static dev.longwatch.dashboards.summary.Stories.gap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.summary.Chapters.Chapter;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChaptersTest {

    @Test
    void quietAndUnwatchedStretchesAreChaptersOfTheirOwn() {
        Story story = Stories.of(
                3_600, List.of(gap(2_000, 2_600)), event("a car enters", 600, 640), event("a car leaves", 700, 720));

        assertThat(spans(story))
                .containsExactly(
                        "quiet 0-600", "lively 600-720", "quiet 720-2000", "unwatched 2000-2600", "quiet 2600-3600");
    }

    @Test
    void shortQuietBelongsToWhatIsRoundIt() {
        Story story = Stories.of(60, event("a car enters", 3, 10), event("a car leaves", 15, 60));

        assertThat(spans(story)).containsExactly("lively 0-60");
    }

    @Test
    void aChangeOfWhatHappensBeginsAChapter() {
        Story story = Stories.of(
                200,
                event("a dog barks", 0, 50),
                event("the dog barks", 50, 100),
                event("two trucks unload crates", 100, 150),
                event("trucks unload crates", 150, 200));

        assertThat(spans(story)).containsExactly("lively 0-100", "lively 100-200");
    }

    @Test
    void aGlimpseJoinsItsLivelyNeighbourAndStandsAloneInTheQuiet() {
        assertThat(spans(Stories.of(
                        600,
                        event("a dog barks", 0, 300),
                        event("a bus stops", 300, 302),
                        event("a dog barks", 302, 600))))
                .containsExactly("lively 0-600");
        assertThat(spans(Stories.of(600, event("a bus stops", 300, 302))))
                .containsExactly("quiet 0-300", "lively 300-302", "quiet 302-600");
    }

    @Test
    void noMoreThanAPageOfThemHoweverLivelyTheDay() {
        List<VideoEvent> events = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            long start = random.nextInt(86_000);
            events.add(event("thing " + (char) ('a' + random.nextInt(26)), start, start + random.nextInt(400)));
        }
        Story story = Stories.of(86_400, List.of(gap(40_000, 43_000)), events.toArray(VideoEvent[]::new));

        List<Chapter> chapters = Chapters.of(story);

        assertThat(chapters).hasSizeBetween(1, Chapters.MOST).isEqualTo(Chapters.of(story));
        for (int i = 1; i < chapters.size(); i++) {
            assertThat(chapters.get(i).span().startMillis())
                    .isEqualTo(chapters.get(i - 1).span().endMillis());
        }
        assertThat(chapters.get(0).span().startMillis()).isZero();
        assertThat(chapters.get(chapters.size() - 1).span().endMillis()).isEqualTo(86_400_000);
    }

    @Test
    void nothingIsAChapterToo() {
        assertThat(spans(Stories.of(100))).containsExactly("quiet 0-100");
        assertThat(spans(Stories.of(100, List.of(gap(0, 100))))).containsExactly("unwatched 0-100");
        assertThat(Chapters.of(Stories.of(0))).isEmpty();
    }

    @Test
    void theLongestQuietIsOneInWhichSomebodyLooked() {
        Story story = Stories.of(
                100, List.of(gap(50, 90)), event("a car", 10, 20), event("a car", 30, 30), event("a dog", 45, 50));

        assertThat(Chapters.longestQuiet(story)).isEqualTo(new TimeSpan(30_100, 45_000));
        assertThat(Chapters.longestQuiet(Stories.of(9, event("a car", 0, 9)))).isNull();
    }

    private static List<String> spans(Story story) {
        return Chapters.of(story).stream()
                .map(chapter -> chapter.kind().name().toLowerCase(Locale.ROOT) + " "
                        + chapter.span().startMillis() / 1_000 + "-"
                        + chapter.span().endMillis() / 1_000)
                .toList();
    }
}
