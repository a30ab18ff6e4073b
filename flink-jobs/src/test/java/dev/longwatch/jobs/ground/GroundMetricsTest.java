// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.KeptMetrics;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroundMetricsTest {

    private final KeptMetrics kept = new KeptMetrics();
    private final AtomicInteger asking = new AtomicInteger();
    private final GroundMetrics metrics = new GroundMetrics(kept, asking);

    @Test
    void secondsThatClipsShareAreCountedOnce() {
        metrics.timed(clip(0, 16_000, 4_000, false, 8), () -> List.of(reply(true), reply(true)));
        metrics.timed(clip(12_000, 28_000, 4_000, false, 8), () -> List.of(reply(true), reply(false)));
        metrics.timed(clip(24_000, 30_000, 4_000, true, 3), () -> List.of(reply(true), reply(true)));

        assertThat(kept.count("ground.watchedMillis")).isEqualTo(30_000);
        assertThat(kept.count("ground.clips")).isEqualTo(3);
        assertThat(kept.count("ground.pictures")).isEqualTo(19);
        assertThat(kept.count("ground.questions")).isEqualTo(6);
        assertThat(kept.count("ground.unreadableAnswers")).isEqualTo(1);
        assertThat(kept.histogram("ground.answerMillis").getCount()).isEqualTo(3);
    }

    @Test
    void aClipThatTheModelDidNotSeeIsAClipAndNothingElse() {
        metrics.timed(clip(0, 16_000, 0, true, 0), () -> List.of(reply(true)));
        metrics.timed(clip(0, 16_000, 0, true, 8), () -> List.of(refused()));
        metrics.timed(clip(0, 16_000, 0, true, 8), List::of);

        assertThat(kept.count("ground.clips")).isEqualTo(3);
        for (String name : new String[] {"watchedMillis", "pictures", "questions"}) {
            assertThat(kept.count("ground." + name)).as(name).isZero();
        }
        assertThat(kept.histogram("ground.answerMillis").getCount()).isZero();
    }

    @Test
    void whoWaitsForTheModelIsCountedUntilItHasAnsweredOrFailed() {
        metrics.timed(clip(0, 16_000, 0, true, 8), () -> {
            assertThat(kept.value("ground.asking")).isEqualTo(1);
            return List.of(reply(true));
        });
        assertThat(kept.value("ground.asking")).isEqualTo(0);

        assertThatIllegalStateException()
                .isThrownBy(() -> metrics.timed(clip(0, 16_000, 0, true, 8), () -> {
                    throw new IllegalStateException("the model is closed");
                }));
        assertThat(kept.value("ground.asking")).isEqualTo(0);
    }

    @Test
    void tasksThatShareAModelWaitInOneQueue() {
        ScriptedModel.Address address = new ScriptedModel.Address((clip, question) -> null);
        SharedModels.acquire(address);
        SharedModels.acquire(address);
        try {
            assertThat(SharedModels.asking(address)).isSameAs(SharedModels.asking(address));
        } finally {
            SharedModels.release(address);
            SharedModels.release(address);
        }
        assertThatIllegalStateException().isThrownBy(() -> SharedModels.asking(address));
    }

    private static Reply reply(boolean readable) {
        return new Reply(sighting(), 0.5, "", readable, Optional.empty());
    }

    private static Reply refused() {
        return new Reply(sighting(), 0, "", true, Optional.of("The model knows none of these words."));
    }

    private static Sighting sighting() {
        VideoClip clip = clip(0, 16_000, 0, true, 0);
        return Asking.farewell(clip, AlertRule.of("a car"));
    }

    private static VideoClip clip(long startMillis, long endMillis, long overlapMillis, boolean last, int pictures) {
        SampledFrame[] frames = new SampledFrame[pictures];
        for (int i = 0; i < pictures; i++) {
            frames[i] = new SampledFrame(startMillis * 1_000 + i, 28, 28, new byte[28 * 28 * 3]);
        }
        return new VideoClip(
                "yard",
                "/yard.mp4",
                0,
                60_000,
                0,
                startMillis,
                endMillis,
                overlapMillis,
                false,
                0,
                last,
                frames,
                new long[0],
                "",
                false,
                new AlertRule[] {AlertRule.of("a car")},
                new AlertRule[0],
                new AlertRule[0],
                false,
                2,
                "2 a second");
    }
}
