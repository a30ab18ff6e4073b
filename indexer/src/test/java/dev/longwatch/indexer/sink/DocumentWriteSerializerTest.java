// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class DocumentWriteSerializerTest {

    private static final DocumentWrite WRITE = new DocumentWrite("i-1", "é", 7, "{}");

    /** One write as version 1 lies in a checkpoint; checkpoints that hold it must stay readable. */
    private static final String VERSION_1 =
            "ffffffffffffffff00000001000000000000000200000003692d31" + "00000002c3a90000000000000007000000027b7d";

    private final DocumentWriteSerializer serializer = new DocumentWriteSerializer();

    @Test
    void bufferedEventsComeBackInTheirOrder() throws IOException {
        DocumentWrite large = new DocumentWrite("i-2", "b", DocumentWrite.UNVERSIONED, "x".repeat(100_000));

        assertThat(read(serializer.getVersion(), write(WRITE, large))).containsExactly(WRITE, large);
    }

    @Test
    void version1IsStillReadAndWritten() throws IOException {
        assertThat(HexFormat.of().formatHex(write(WRITE))).isEqualTo(VERSION_1);
        assertThat(read(1, HexFormat.of().parseHex(VERSION_1))).containsExactly(WRITE);
    }

    @Test
    void aCheckpointThatIsCutOffIsNotReadAsLess() throws IOException {
        byte[] whole = write(WRITE);

        assertThatThrownBy(() -> read(1, Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    private byte[] write(DocumentWrite... writes) throws IOException {
        return serializer.serialize(new BufferedRequestState<>(Arrays.stream(writes)
                .map(write -> new RequestEntryWrapper<>(write, write.bytes()))
                .toList()));
    }

    private List<DocumentWrite> read(int version, byte[] bytes) throws IOException {
        return serializer.deserialize(version, bytes).getBufferedRequestEntries().stream()
                .map(RequestEntryWrapper::getRequestEntry)
                .toList();
    }
}
