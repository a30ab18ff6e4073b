// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.jspecify.annotations.Nullable;

/**
 * What a recorder's thread hands to its reader.
 *
 * @param update null when only the position is new
 * @param known behind the line of the index that was told; null when none was
 * @param last whether the recorder has ended
 */
record Told(String stream, @Nullable StreamUpdate update, @Nullable IndexPosition known, boolean last) {

    Told(String stream, @Nullable StreamUpdate update, @Nullable IndexPosition known) {
        this(stream, update, known, false);
    }

    /** A recorder's last word. */
    static Told last(String stream) {
        return new Told(stream, null, null, true);
    }
}
