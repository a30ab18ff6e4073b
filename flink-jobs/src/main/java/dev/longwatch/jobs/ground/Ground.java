// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.model.VideoModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clip with its questions in, one {@link Sighting} per question out; beside them one {@link Watched} per clip. Chained
 * to the source, so that no picture crosses the network. Blocks while the model thinks, which is the back-pressure.
 */
public final class Ground extends ProcessFunction<VideoClip, Sighting> {

    /** The rule under which dense captions are kept. */
    public static final AlertRule DESCRIBE = VideoClip.DESCRIBE;

    /** Every clip of every video, watched or not. */
    public static final OutputTag<Watched> WATCHED = new OutputTag<>("watched") {};

    private static final String NOTHING_ASKED = "no rule asks anything about it";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

    private final ModelAddress address;
    private final boolean boxes;
    private transient @Nullable VideoModel model;
    private transient @Nullable GroundMetrics metrics;

    /** @param boxes whether to ask besides where in the picture it is, of all that is seen */
    public Ground(ModelAddress address, boolean boxes) {
        this.address = address;
        this.boxes = boxes;
    }

    @Override
    public void open(OpenContext context) {
        model = SharedModels.acquire(address);
        metrics = new GroundMetrics(getRuntimeContext().getMetricGroup(), SharedModels.asking(address));
    }

    @Override
    public void close() {
        if (model != null) {
            SharedModels.release(address);
            model = null;
        }
    }

    @Override
    public void processElement(VideoClip clip, Context context, Collector<Sighting> out) {
        VideoModel opened = Objects.requireNonNull(model, "processElement comes after open");
        List<String> unreadable = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<Reply> replies = Objects.requireNonNull(metrics, "processElement comes after open")
                .timed(clip, () -> ask(opened, clip));
        for (Reply reply : replies) {
            reply.refusal().ifPresent(refused::add);
            if (!reply.readable()) {
                unreadable.add(reply.text());
                LOG.warn(
                        "{} at {} ms, rule '{}': unreadable answer: {}",
                        clip.stream(),
                        clip.startMillis(),
                        reply.sighting().rule().name(),
                        reply.text());
            }
            out.collect(reply.sighting());
        }
        for (AlertRule rule : clip.ended()) {
            out.collect(Asking.farewell(clip, rule));
        }
        boolean asked = clip.asked().size() > refused.size();
        context.output(WATCHED, watched(clip, asked, replies, unreadable, refused));
    }

    private List<Reply> ask(VideoModel opened, VideoClip clip) {
        List<Reply> replies = Asking.ask(opened, clip, Prompt.LONGWATCH);
        return boxes ? Outline.add(opened, clip, replies) : replies;
    }

    private static Watched watched(
            VideoClip clip, boolean asked, List<Reply> replies, List<String> unreadable, List<String> refused) {
        List<Reply> answered = clip.frames().length == 0
                ? List.of()
                : replies.stream().filter(reply -> reply.refusal().isEmpty()).toList();
        return new Watched(
                clip.stream(),
                clip.uri(),
                clip.recordedAtMillis(),
                clip.ordinal(),
                clip.startMillis(),
                clip.endMillis(),
                clip.videoMillis(),
                clip.since(),
                clip.last(),
                clip.frames().length,
                clip.framesPerSecond(),
                clip.holes(),
                asked ? watchedUntilMillis(clip) : clip.startMillis(),
                asked || !clip.problem().isEmpty() ? clip.problem() : NOTHING_ASKED,
                clip.givenUp(),
                answered.stream().map(reply -> reply.sighting().rule().name()).toArray(String[]::new),
                answered.stream().mapToDouble(Reply::probability).toArray(),
                unreadable.toArray(String[]::new),
                refused.toArray(String[]::new));
    }

    /** A clip without a problem was watched to its end; else to the end of its last picture's turn. */
    private static long watchedUntilMillis(VideoClip clip) {
        SampledFrame[] frames = clip.frames();
        if (frames.length == 0) {
            return clip.startMillis();
        }
        if (clip.problem().isEmpty()) {
            return clip.endMillis();
        }
        long lastMillis = frames[frames.length - 1].ptsMicros() / 1_000;
        return Math.min(clip.endMillis(), lastMillis + Math.round(1_000 / clip.framesPerSecond()));
    }
}
