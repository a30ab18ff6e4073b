// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.jobs.decode.VideoFile;
import java.util.List;

/** What must be true of any recording. */
final class Recorded {

    private Recorded() {}

    static String file(RecordOptions options, Segment segment) throws Exception {
        return StreamFolder.of(options.root(), segment.stream())
                .resolve(segment.path())
                .getPath();
    }

    /** Each file opens, says its length, and begins with a key picture. */
    static void assertPlays(RecordOptions options, List<Segment> segments) throws Exception {
        for (Segment segment : segments) {
            try (VideoFile video = VideoFile.open(file(options, segment))) {
                assertThat(video.probe().durationMicros()).isCloseTo(segment.durationMicros(), within(300_000L));
                assertThat(video.probe().codec()).isEqualTo(segment.codec());
                assertThat(video.keyFrames().count()).isEqualTo(segment.keyPictures());
                assertThat(video.probe().width()).isEqualTo(segment.width());
            }
        }
    }

    /** One after the other, no stretch twice, none left out. */
    static void assertSeamless(List<IndexEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            assertThat(entries.get(i).startMillis())
                    .isEqualTo(entries.get(i - 1).endMillis());
        }
    }
}
