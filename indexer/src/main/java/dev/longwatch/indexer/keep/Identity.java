// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Ids of what is kept here: the same for the same thing. */
final class Identity {

    private static final int DIGITS = 12;

    private Identity() {}

    /** Short enough to be typed. */
    static String of(String... parts) {
        String whole = String.join("\n", parts);
        return UUID.nameUUIDFromBytes(whole.getBytes(UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, DIGITS);
    }
}
