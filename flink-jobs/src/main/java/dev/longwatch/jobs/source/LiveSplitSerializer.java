// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes the newest version and reads every version ever written. Rules are JSON; the first version knew no labels of
 * theirs.
 */
final class LiveSplitSerializer implements SimpleVersionedSerializer<LiveSplit> {

    static final int VERSION = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LiveSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1_024);
        out.writeUTF(split.stream());
        out.writeLong(split.fromMillis());
        out.writeLong(split.coveredMillis());
        byte[] asked = JSON.writeValueAsBytes(split.asked().toArray(AlertRule[]::new));
        out.writeInt(asked.length);
        out.write(asked);
        return out.getCopyOfBuffer();
    }

    @Override
    public LiveSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("a watched stream of version " + version + " is not known here: expected at most "
                    + VERSION + ", was the checkpoint written by a newer Longwatch?");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        String stream = in.readUTF();
        long fromMillis = in.readLong();
        long coveredMillis = in.readLong();
        byte[] asked = new byte[in.readInt()];
        in.readFully(asked);
        return new LiveSplit(stream, fromMillis, coveredMillis, List.of(JSON.readValue(asked, AlertRule[].class)));
    }
}
