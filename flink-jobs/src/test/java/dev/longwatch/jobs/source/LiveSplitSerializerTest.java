// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.longwatch.indexer.alert.AlertRule;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LiveSplitSerializerTest {

    private static final AlertRule CAR = AlertRule.of("a car");

    /** What version 1 wrote of a rule; old checkpoints hold these words. */
    private static final String RULE_1 = "{\"name\":\"a car\",\"kind\":\"SEEN\",\"when\":\"a car\",\"steps\":[],"
            + "\"withinMillis\":0,\"streams\":[],\"threshold\":0.5,\"minMillis\":0,\"mergeMillis\":1000,\"alerting\":"
            + "{\"raised\":false,\"severity\":\"INFO\",\"cooldownMillis\":0,\"schedule\":{\"zone\":\"UTC\",\"active\":[],"
            + "\"quiet\":[]},\"channels\":[]}}";

    private final LiveSplitSerializer serializer = new LiveSplitSerializer();

    @Test
    void whatIsWrittenComesBackWithItsLabels() throws IOException {
        LiveSplit split = new LiveSplit("yard", 3, 5, List.of(CAR.alsoLabelled(List.of("theft"))));

        assertThat(serializer.getVersion()).isEqualTo(2);
        assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
    }

    @Test
    void version1KnewNoLabels() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1_024);
        out.writeUTF("yard");
        out.writeLong(3);
        out.writeLong(5);
        byte[] asked = ("[" + RULE_1 + "]").getBytes(UTF_8);
        out.writeInt(asked.length);
        out.write(asked);

        assertThat(serializer.deserialize(1, out.getCopyOfBuffer()))
                .isEqualTo(new LiveSplit("yard", 3, 5, List.of(CAR)));
    }

    @Test
    void aVersionFromTheFutureIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> serializer.deserialize(3, new byte[0]))
                .withMessage("a watched stream of version 3 is not known here: expected at most 2, was the checkpoint"
                        + " written by a newer Longwatch?");
    }
}
