// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import java.util.Arrays;

/**
 * The alphabet in which byte-level tokenizers write bytes: printable Latin-1 characters stand for themselves, all other
 * bytes, in order, for the characters from U+0100 on. A space so becomes U+0120.
 */
final class ByteAlphabet {

    private static final int FIRST_SUBSTITUTE = 0x100;

    /** By character: the byte it stands for, or -1. */
    private static final int[] BYTES = bytesByCharacter();

    private ByteAlphabet() {}

    private static int[] bytesByCharacter() {
        int[] bytes = new int[2 * FIRST_SUBSTITUTE];
        Arrays.fill(bytes, -1);
        int substitute = FIRST_SUBSTITUTE;
        for (int value = 0; value < 256; value++) {
            boolean printable = value >= '!' && value <= '~' || value >= 0xa1 && value != 0xad;
            bytes[printable ? value : substitute++] = value;
        }
        return bytes;
    }

    /** The bytes that a token written in this alphabet stands for. */
    static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char character = token.charAt(i);
            int value = character < BYTES.length ? BYTES[character] : -1;
            if (value < 0) {
                throw new IllegalArgumentException("token " + token
                        + ": expected characters of the byte-level alphabet, found U+"
                        + Integer.toHexString(character));
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }
}
