// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.longwatch.jobs.follow.Waiting;
import dev.longwatch.jobs.follow.WaitingSerializer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What checkpoints hold. */
class RecordCheckpointTest {

    @Test
    void aSplitComesBackAsItWas() throws IOException {
        StreamSplitSerializer serializer = new StreamSplitSerializer();
        for (StreamSplit split : List.of(
                new StreamSplit("gate", null), new StreamSplit("hall", new IndexPosition("2026-03-01T09", 4_711)))) {
            assertThat(serializer.deserialize(1, serializer.serialize(split))).isEqualTo(split);
        }
    }

    @Test
    void whatNobodyHasComesBackAsItWas() throws IOException {
        WaitingSerializer<StreamSplit> serializer = new WaitingSerializer<>(new StreamSplitSerializer());
        Waiting<StreamSplit> waiting =
                new Waiting<>(List.of(new StreamSplit("hall", new IndexPosition("2026-03-01T09", 4_711))));

        assertThat(serializer.deserialize(1, serializer.serialize(waiting))).isEqualTo(waiting);
    }

    @Test
    void aNewerVersionIsRefusedInWords() {
        assertThatIOException()
                .isThrownBy(() -> new StreamSplitSerializer().deserialize(2, new byte[0]))
                .withMessageContaining("written by a newer Longwatch");
        assertThatIOException()
                .isThrownBy(() -> new WaitingSerializer<>(new StreamSplitSerializer()).deserialize(2, new byte[0]))
                .withMessageContaining("written by a newer Longwatch");
    }
}
