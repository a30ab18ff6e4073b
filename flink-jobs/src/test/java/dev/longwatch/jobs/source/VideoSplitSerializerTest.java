// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoSplitSerializerTest {

    private static final VideoSplit SPLIT =
            new VideoSplit("door", "/d.mp4", 1_000, 40_000, 2, 9, 1, false, true, 4, "");

    /** The split that version 1 wrote as below. */
    private static final VideoSplit OLD = new VideoSplit("door", "/d.mp4", 1_000, 40_000, 2, 9, 0, true, true, 4, "");

    /** What version 1 wrote; old checkpoints hold these bytes. */
    private static final String VERSION_1 = "0004646f6f7200062f642e6d703400000000000003e80000000000009c40"
            + "000000000000000200000000000000090100000000000000040000";

    private static final String VERSION_2 = "0004646f6f7200062f642e6d703400000000000003e80000000000009c40"
            + "000000000000000200000000000000090000000000000000040000" + "000000000000000101";

    private final VideoSplitSerializer serializer = new VideoSplitSerializer();

    @Test
    void version1ReadsAsItWasWritten() throws IOException {
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(VERSION_1)))
                .isEqualTo(OLD);
    }

    @Test
    void version2IsWrittenAsEver() throws IOException {
        assertThat(serializer.getVersion()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(VERSION_2);
        assertThat(serializer.deserialize(2, HexFormat.of().parseHex(VERSION_2)))
                .isEqualTo(SPLIT);
    }

    @Test
    void aSplitThatCannotBeReadKeepsItsProblem() throws IOException {
        VideoSplit split = VideoSplit.unreadable(new VideoRequest("tür", "/ü.mp4"), "/ü.mp4 does not exist");

        assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
    }

    @Test
    void aVersionFromTheFutureIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> serializer.deserialize(9, new byte[0]))
                .withMessageContaining("version 9")
                .withMessageContaining("expected at most 2");
    }

    @Test
    void theStateOfAThousandSplitsIsSmall() throws IOException {
        VideoEnumeratorStateSerializer states = new VideoEnumeratorStateSerializer();
        VideoEnumeratorState state = new VideoEnumeratorState(
                List.of(new VideoRequest("a", "/a.mp4"), new VideoRequest("b", "/b.mp4", 5, 9)),
                Collections.nCopies(1_000, SPLIT));

        byte[] bytes = states.serialize(state);

        assertThat(states.deserialize(states.getVersion(), bytes)).isEqualTo(state);
        assertThat(bytes).hasSizeLessThan(100_000);
    }
}
