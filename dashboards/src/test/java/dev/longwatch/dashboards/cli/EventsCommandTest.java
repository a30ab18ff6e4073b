// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.dashboards.cli.Stranger.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a video that is watched, listed and followed. */
class EventsCommandTest {

    private static final Path STREET = Stranger.ROOT.resolve("sample/street.mp4");

    @TempDir
    private Path folder;

    private Stranger stranger;
    private Path video;

    @BeforeEach
    void watch() throws Exception {
        stranger = new Stranger(folder);
        // other tests watch the sample under its own name
        video = Files.copy(STREET, folder.resolve("listed-" + System.nanoTime() + ".mp4"));
    }

    @Test
    void eventsAreListedNewestFirstAPageAtATimeAndFollowedWhileTheyCome() throws Exception {
        String name = video.getFileName().toString();
        Path out = folder.resolve("followed");
        Path err = folder.resolve("said");
        Process following = stranger.starts(out, err, "events", "--follow", "--stream", name);
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(err).contains("following"));
            assertThat(stranger.types("watch", video.toString(), "--rule", "a car enters", "--rule", "a bus stops")
                            .status())
                    .isZero();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(Files.readAllLines(out))
                    .anyMatch(line -> line.contains("a car enters") && !line.contains("still open"))
                    .anyMatch(line -> line.contains("a bus stops") && !line.contains("still open")));
        } finally {
            following.destroy();
            assertThat(following.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(Files.readAllLines(out)).doesNotHaveDuplicates().allMatch(line -> line.contains(name));

        Said first = stranger.types("events", "--stream", name, "--limit", "1");
        assertThat(first.status()).as(first.toString()).isZero();
        assertThat(first.out())
                .singleElement()
                .asString()
                .contains("  a bus stops  ")
                .endsWith("  " + name);
        String cursor = first.err().get(0).split(" ", -1)[1];
        assertThat(stranger.types("events", "--stream", name, "--limit", "1", "--after", cursor)
                        .out())
                .singleElement()
                .asString()
                .contains("  a car enters  ");
        assertThat(stranger.types("events", "--stream", name, "--oldest", "--json")
                        .out())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"type\":\"event\"")
                .contains("\"rule\":\"a car enters\"", "\"state\":\"closed\"");
    }

    @Test
    void whatCannotBeListedIsSaidInOneSentence() throws Exception {
        Said nothing = stranger.types("events", "--stream", "nowhere");
        assertThat(nothing.status()).isZero();
        assertThat(nothing.err()).isEqualTo(List.of("no events"));
        Said damaged = stranger.types("events", "--after", "damaged");
        assertThat(damaged.status()).isEqualTo(2);
        assertThat(damaged.err()).anyMatch(line -> line.startsWith("longwatch: ") && line.contains("cursor"));
        assertThat(stranger.types("events", "--limit", "0").status()).isEqualTo(2);
    }
}
