// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes the newest version and reads every version ever written. Splits are written in their own version. */
final class VideoEnumeratorStateSerializer implements SimpleVersionedSerializer<VideoEnumeratorState> {

    static final int VERSION = 2;

    private final VideoSplitSerializer splits = new VideoSplitSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(VideoEnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1_024);
        out.writeInt(state.unplanned().size());
        for (VideoRequest request : state.unplanned()) {
            out.writeUTF(request.stream());
            out.writeUTF(request.uri());
            out.writeLong(request.fromMillis());
            out.writeLong(request.toMillis());
        }
        out.writeInt(splits.getVersion());
        out.writeInt(state.waiting().size());
        for (VideoSplit split : state.waiting()) {
            byte[] bytes = splits.serialize(split);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "the state of a video enumerator of version " + version + " is not known here: expected at most "
                            + VERSION + ", was the checkpoint written by a newer Longwatch?");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        List<VideoRequest> unplanned = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String stream = in.readUTF();
            String uri = in.readUTF();
            unplanned.add(
                    version < 2
                            ? new VideoRequest(stream, uri)
                            : new VideoRequest(stream, uri, in.readLong(), in.readLong()));
        }
        int splitVersion = in.readInt();
        List<VideoSplit> waiting = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            byte[] split = new byte[in.readInt()];
            in.readFully(split);
            waiting.add(splits.deserialize(splitVersion, split));
        }
        return new VideoEnumeratorState(unplanned, waiting);
    }
}
