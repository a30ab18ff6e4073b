// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes safetensors files for tests: right ones by copying tensors, and any header at all. */
public final class SafetensorsWriter {

    private SafetensorsWriter() {}

    /** @param tensors by the name they get */
    public static void write(Path target, Map<String, TensorEntry> tensors) {
        StringBuilder header = new StringBuilder();
        int offset = 0;
        for (Map.Entry<String, TensorEntry> tensor : tensors.entrySet()) {
            TensorEntry entry = tensor.getValue();
            int end = offset + (int) (entry.end() - entry.start());
            header.append(header.length() == 0 ? "{" : ",")
                    .append(String.format(
                            "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
                            tensor.getKey(), entry.type(), entry.shape(), offset, end));
            offset = end;
        }
        ByteBuffer data = ByteBuffer.allocate(offset);
        tensors.values().forEach(entry -> data.put(bytes(entry)));
        write(target, header.append("}").toString(), data.array());
    }

    private static byte[] bytes(TensorEntry entry) {
        byte[] bytes = new byte[(int) (entry.end() - entry.start())];
        try (RandomAccessFile file = new RandomAccessFile(entry.file().toFile(), "r")) {
            file.seek(entry.start());
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with this header, padded to eight bytes as writers commonly do. */
    public static void write(Path target, String header, byte[] data) {
        int length = header.getBytes(StandardCharsets.UTF_8).length;
        int padded = (length + 7) / 8 * 8;
        write(target, padded, (header + " ".repeat(padded - length)).getBytes(StandardCharsets.UTF_8), data);
    }

    /** A file that says its header has this length. */
    public static void write(Path target, long headerLength, byte[] header, byte[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(header)
                .put(data);
        try {
            Files.write(target, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
