// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes the newest version and reads every version ever written. Splits are written in their own version.
 *
 * @param splits writes them
 * @param <S> a stream and the position in it
 */
public record WaitingSerializer<S extends SourceSplit>(SimpleVersionedSerializer<S> splits)
        implements SimpleVersionedSerializer<Waiting<S>> {

    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Waiting<S> waiting) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(splits.getVersion());
        out.writeInt(waiting.splits().size());
        for (S split : waiting.splits()) {
            byte[] bytes = splits.serialize(split);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public Waiting<S> deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("waiting streams of version " + version + " are not known here: expected " + VERSION
                    + ", was the checkpoint written by a newer Longwatch?");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int splitVersion = in.readInt();
        List<S> read = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            byte[] split = new byte[in.readInt()];
            in.readFully(split);
            read.add(splits.deserialize(splitVersion, split));
        }
        return new Waiting<>(read);
    }
}
