// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes the newest version and reads every version ever written. */
final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    static final int VERSION = 2;

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
        out.writeLong(split.since());
        out.writeBoolean(split.endsWatch());
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("a video split of version " + version + " is not known here: expected at most "
                    + VERSION + ", was the checkpoint written by a newer Longwatch?");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        String stream = in.readUTF();
        String uri = in.readUTF();
        long recordedAtMillis = in.readLong();
        long videoMillis = in.readLong();
        long first = in.readLong();
        long last = in.readLong();
        boolean untilEnd = in.readBoolean();
        long next = in.readLong();
        String problem = in.readUTF();
        // before version 2 videos were always watched whole
        long since = version < 2 ? 0 : in.readLong();
        boolean endsWatch = version < 2 ? untilEnd : in.readBoolean();
        return new VideoSplit(
                stream, uri, recordedAtMillis, videoMillis, first, last, since, untilEnd, endsWatch, next, problem);
    }
}
