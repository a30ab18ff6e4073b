// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of a set of texts: the same in whatever order they come. Each text once, or it takes itself back. */
public final class SetDigest {

    private final byte[] sum = new byte[32];
    private long count;

    public void add(String text) {
        byte[] digest = sha256().digest(text.getBytes(UTF_8));
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= digest[i];
        }
        count++;
    }

    /** How many texts. */
    public long count() {
        return count;
    }

    /** 64 hexadecimal digits: the exclusive or of the texts' SHA-256. */
    public String hex() {
        return HexFormat.of().formatHex(sum);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
