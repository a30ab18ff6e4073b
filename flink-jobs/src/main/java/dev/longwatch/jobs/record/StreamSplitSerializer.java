// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes the newest version and reads every version ever written. */
final class StreamSplitSerializer implements SimpleVersionedSerializer<StreamSplit> {

    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StreamSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public StreamSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("a stream's split of version " + version + " is not known here: expected " + VERSION
                    + ", was the checkpoint written by a newer Longwatch?");
        }
        return read(new DataInputDeserializer(bytes));
    }

    static void write(StreamSplit split, DataOutputSerializer out) throws IOException {
        IndexPosition known = split.known();
        out.writeUTF(split.stream());
        out.writeBoolean(known != null);
        if (known != null) {
            out.writeUTF(known.page());
            out.writeLong(known.offset());
        }
    }

    static StreamSplit read(DataInputDeserializer in) throws IOException {
        String stream = in.readUTF();
        return new StreamSplit(stream, in.readBoolean() ? new IndexPosition(in.readUTF(), in.readLong()) : null);
    }
}
