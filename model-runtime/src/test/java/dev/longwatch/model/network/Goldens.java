// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.weights.SafetensorsFile;
import dev.longwatch.model.weights.TensorEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The reference's numbers for one prompt, as src/test/parity/make_goldens.py wrote them. */
record Goldens(Path path, SafetensorsFile file) {

    static final Path ROOT = Path.of("src/test/resources/dev/longwatch/model/network");
    static final Path TINY = ROOT.resolve("tiny");

    static Goldens of(String prompt) {
        Path path = ROOT.resolve("goldens-" + prompt + ".safetensors");
        return new Goldens(path, SafetensorsFile.read(path));
    }

    boolean has(String tap) {
        return file.tensors().containsKey(tap);
    }

    float[] floats(String tap) {
        TensorEntry entry = file.tensors().get(tap);
        if (entry == null) {
            throw new AssertionError(path + " holds no " + tap + "; rebuild it by src/test/parity/make_goldens.py");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate((int) (entry.end() - entry.start())).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(bytes, entry.start());
            float[] floats = new float[(int) entry.count()];
            bytes.flip().asFloatBuffer().get(floats);
            return floats;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int[] ints(String tap) {
        float[] floats = floats(tap);
        int[] ints = new int[floats.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) floats[i];
        }
        return ints;
    }

    /** The very numbers {@code pixels} in make_goldens.py gives, all exact in float32. */
    static float[] pixels(int patches) {
        float[] pixels = new float[patches * 1176];
        for (int i = 0; i < pixels.length; i++) {
            long mixed = (i * 2654435761L) & 0xffffffffL;
            pixels[i] = (mixed >> 24) / 64f - 2;
        }
        return pixels;
    }
}
