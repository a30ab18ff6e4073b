// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.sample.Thinning;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room: every clip of some videos, each with its questions. The clips of one video may come from several
 * readers side by side, each reader's in order.
 */
public final class VideoSource
        implements Source<VideoClip, VideoSplit, VideoEnumeratorState>, ResultTypeQueryable<VideoClip> {

    private static final long serialVersionUID = 1L;

    private final List<VideoRequest> videos;
    private final Watching watching;

    private VideoSource(List<VideoRequest> videos, Watching watching) {
        this.videos = videos;
        this.watching = watching;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Boundedness getBoundedness() {
        return videos.stream().anyMatch(VideoRequest::isEndless)
                ? Boundedness.CONTINUOUS_UNBOUNDED
                : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<VideoClip, VideoSplit> createReader(SourceReaderContext context) {
        return new VideoReader(context, watching);
    }

    @Override
    public SplitEnumerator<VideoSplit, VideoEnumeratorState> createEnumerator(
            SplitEnumeratorContext<VideoSplit> context) {
        return restoreEnumerator(context, new VideoEnumeratorState(videos, List.of()));
    }

    @Override
    public SplitEnumerator<VideoSplit, VideoEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<VideoSplit> context, VideoEnumeratorState state) {
        return new VideoEnumerator(context, new FilePlanner(watching.grid()), state);
    }

    @Override
    public SimpleVersionedSerializer<VideoSplit> getSplitSerializer() {
        return new VideoSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<VideoEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new VideoEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<VideoClip> getProducedType() {
        return TypeInformation.of(VideoClip.class);
    }

    /** Says what is watched and how. Videos and fit must be given; there is a default for the rest. */
    public static final class Builder {

        private static final double FRAMES_PER_SECOND = 2;

        private List<VideoRequest> videos = List.of();
        private List<AlertRule> rules = List.of();
        private boolean describe;
        private double framesPerSecond = FRAMES_PER_SECOND;
        private Thinning thinning = Thinning.NONE;
        private ClipGrid grid = ClipGrid.DEFAULT;
        private @Nullable PictureFit fit;

        private Builder() {}

        /** At least one, each stream's name once. */
        public Builder videos(List<VideoRequest> videos) {
            this.videos = List.copyOf(videos);
            return this;
        }

        /** What is asked of every clip. */
        public Builder rules(List<AlertRule> rules) {
            this.rules = List.copyOf(rules);
            return this;
        }

        /** Whether a dense caption is asked of every clip besides. */
        public Builder describe(boolean describe) {
            this.describe = describe;
            return this;
        }

        /** How many pictures a second are looked at, at most; 2 by default. */
        public Builder framesPerSecond(double framesPerSecond) {
            this.framesPerSecond = framesPerSecond;
            return this;
        }

        /** Which of these pictures are not worth looking at; none by default. */
        public Builder thinning(Thinning thinning) {
            this.thinning = thinning;
            return this;
        }

        /** Length and overlap of the clips; {@link ClipGrid#DEFAULT} by default. */
        public Builder grid(ClipGrid grid) {
            this.grid = grid;
            return this;
        }

        /** To which size the pictures are scaled. */
        public Builder fit(PictureFit fit) {
            this.fit = fit;
            return this;
        }

        /** @throws IllegalArgumentException when what was said makes no sense together */
        public VideoSource build() {
            if (videos.isEmpty()) {
                throw new IllegalArgumentException("nothing to watch: expected at least one video");
            }
            Set<String> streams = new HashSet<>();
            for (VideoRequest video : videos) {
                if (!streams.add(video.stream())) {
                    throw new IllegalArgumentException("two videos have the name '" + video.stream() + "'");
                }
            }
            PictureFit pictures = Objects.requireNonNull(fit, "a picture size is needed: call fit(...)");
            return new VideoSource(videos, new Watching(rules, describe, framesPerSecond, thinning, grid, pictures));
        }
    }
}
