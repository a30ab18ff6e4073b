// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes the newest version and reads every version ever written. */
final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(VideoSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(split.stream());
        out.writeUTF(split.uri());
        out.writeLong(split.recordedAtMillis());
        out.writeLong(split.videoMillis());
        out.writeLong(split.first());
        out.writeLong(split.last());
        out.writeBoolean(split.untilEnd());
        out.writeLong(split.next());
        out.writeUTF(split.problem());
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("a video split of version " + version + " is not known here: expected " + VERSION
                    + ", was the checkpoint written by a newer Longwatch?");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new VideoSplit(
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readUTF());
    }
}
