// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import org.jspecify.annotations.Nullable;

/** Failures in words that may be logged and kept. */
final class Failure {

    private static final int LONGEST = 300;

    private Failure() {}

    /** Kind and message, one line, cut. */
    static String words(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "failed";
        }
        String kind = thrown.getClass().getSimpleName();
        String message = thrown.getMessage();
        String words = message == null ? kind : kind + ": " + message.strip().replaceAll("\\s+", " ");
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }
}
