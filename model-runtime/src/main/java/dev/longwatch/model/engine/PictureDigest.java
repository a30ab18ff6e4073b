// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.engine;

import dev.longwatch.model.Frame;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * 128 bits of SHA-256 over size and pixels: pictures with the same digest are the same. When they were on screen does
 * not count, because the vision tower does not see it.
 */
record PictureDigest(long high, long low) {

    static PictureDigest of(List<Frame> frames) {
        MessageDigest digest = sha256();
        for (Frame frame : frames) {
            digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(frame.width())
                    .putInt(frame.height())
                    .flip());
            digest.update(frame.rgb());
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new PictureDigest(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
