// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.jobs.clip.VideoClip;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How the model fares, in Flink's metrics:
 *
 * <ul>
 *   <li>{@code clips} and {@code clipsPerSecond}, watched or not;
 *   <li>of those that were: {@code pictures}, {@code questions}, {@code watchedMillis} of video, each instant once, and
 *       {@code answerMillis}, how long all answers about a clip took, waiting for the model included;
 *   <li>{@code unreadableAnswers};
 *   <li>{@code asking}: how many tasks of this process wait for the model or are being answered.
 * </ul>
 */
final class GroundMetrics {

    /** Of how many clips the times are kept. */
    private static final int CLIPS = 500;

    private final Counter clips;
    private final Counter pictures;
    private final Counter questions;
    private final Counter watchedMillis;
    private final Counter unreadableAnswers;
    private final Histogram answerMillis;
    private final AtomicInteger asking;

    /**
     * @param operator the operator's own group
     * @param asking of all tasks that share the model
     */
    GroundMetrics(MetricGroup operator, AtomicInteger asking) {
        MetricGroup group = operator.addGroup("ground");
        clips = group.counter("clips");
        pictures = group.counter("pictures");
        questions = group.counter("questions");
        watchedMillis = group.counter("watchedMillis");
        unreadableAnswers = group.counter("unreadableAnswers");
        answerMillis = group.histogram("answerMillis", new DescriptiveStatisticsHistogram(CLIPS));
        group.meter("clipsPerSecond", new MeterView(clips));
        group.gauge("asking", asking::get);
        this.asking = asking;
    }

    /** @param ask puts a clip's questions to the model */
    List<Reply> timed(VideoClip clip, Supplier<List<Reply>> ask) {
        long begun = System.nanoTime();
        asking.incrementAndGet();
        try {
            List<Reply> replies = ask.get();
            count(clip, replies, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            return replies;
        } finally {
            asking.decrementAndGet();
        }
    }

    private void count(VideoClip clip, List<Reply> replies, long millis) {
        clips.inc();
        unreadableAnswers.inc(
                replies.stream().filter(reply -> !reply.readable()).count());
        long answered =
                replies.stream().filter(reply -> reply.refusal().isEmpty()).count();
        if (clip.frames().length > 0 && answered > 0) {
            pictures.inc(clip.frames().length);
            questions.inc(answered);
            answerMillis.update(millis);
            long again = clip.last() ? 0 : clip.overlapMillis();
            watchedMillis.inc(Math.max(0, clip.endMillis() - clip.startMillis() - again));
        }
    }
}
