// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/** How buffered writes lie in a checkpoint. A change of this raises the version and still reads the older ones. */
final class DocumentWriteSerializer extends AsyncSinkWriterStateSerializer<DocumentWrite> {

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    protected void serializeRequestToStream(DocumentWrite write, DataOutputStream out) throws IOException {
        writeText(write.index(), out);
        writeText(write.id(), out);
        out.writeLong(write.version());
        writeText(write.json(), out);
    }

    @Override
    protected DocumentWrite deserializeRequestFromStream(long bytes, DataInputStream in) throws IOException {
        String index = readText(in);
        String id = readText(in);
        long version = in.readLong();
        return new DocumentWrite(index, id, version, readText(in));
    }

    /** Not {@code writeUTF}, which ends at 64 kB. */
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("buffered event is cut off: expected " + length + " bytes, found " + bytes.length);
        }
        return new String(bytes, UTF_8);
    }
}
