// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A short digest that tells two sets of weights apart: every tensor's name, format and shape, its first and its last
 * 64 KiB. Reading all of a published model would take longer than loading it; training changes every tensor.
 */
final class Fingerprint {

    private static final int SAMPLE = 1 << 16;
    private static final int DIGITS = 8;

    private Fingerprint() {}

    /** @param tensors by their newer names, so that neither file names nor shards count */
    static String of(Map<String, TensorEntry> tensors) {
        MessageDigest digest = sha256();
        new TreeMap<>(tensors).forEach((name, entry) -> {
            digest.update((name + entry.type() + entry.shape()).getBytes(StandardCharsets.UTF_8));
            try (FileChannel file = FileChannel.open(entry.file())) {
                update(digest, file, entry.start(), Math.min(entry.end(), entry.start() + SAMPLE));
                update(digest, file, Math.max(entry.start(), entry.end() - SAMPLE), entry.end());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + entry.file(), e);
            }
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static void update(MessageDigest digest, FileChannel file, long start, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
        while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {
            // a read may give less than asked for
        }
        digest.update(bytes.flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
