// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNamesTest {

    @Test
    void anEventLiesInTheMonthInWhichItBeganInUtc() {
        long recorded = Instant.parse("2026-11-30T23:59:00Z").toEpochMilli();

        assertThat(IndexNames.STANDARD.ofEvent(event(recorded, 59_999))).isEqualTo("longwatch-events-2026.11");
        assertThat(IndexNames.STANDARD.ofEvent(event(recorded, 60_000))).isEqualTo("longwatch-events-2026.12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a*", "a,b", "a b", "a/b", "a.b"})
    void aPrefixThatCouldMatchOthersIndicesIsRefused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexNames(prefix))
                .withMessageContaining("'" + prefix + "'");
    }

    private static VideoEvent event(long recordedAtMillis, long startMillis) {
        TimeSpan span = new TimeSpan(startMillis, startMillis + 5_000);
        return new VideoEvent(
                "1",
                1,
                "gate",
                "u",
                "r",
                "t",
                span,
                recordedAtMillis,
                1,
                VideoEvent.State.CLOSED,
                "m",
                1,
                "2 a second");
    }
}
