// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import java.util.List;

/**
 * Whoever keeps pictures. May be asked again for what has gone, and says then that nothing went. A failure is an exception
 * whose message is a sentence; whatever went until then has gone.
 */
public interface Pictures {

    /**
     * What went.
     *
     * @param files how many
     * @param bytes how large they were together
     * @param kept files that were meant but are pinned
     */
    record Freed(long files, long bytes, long kept) {

        public static final Freed NOTHING = new Freed(0, 0, 0);

        public Freed and(Freed other) {
            return new Freed(files + other.files, bytes + other.bytes, kept + other.kept);
        }
    }

    /** A stream's recorder deletes nothing of these from now on, however old they are; of others it may. */
    void keep(String stream, List<Stretch> pinned);

    /**
     * Deletes a stream's footage. A file of it that reaches into one of the stretches goes whole, and so does what is being
     * recorded just now.
     *
     * @param pinned files that reach into one of these stay
     * @param dryRun whether only to say what would go
     */
    Freed forget(String stream, List<Stretch> stretches, List<Stretch> pinned, boolean dryRun);

    /** Deletes thumbnails and clips of alerts. */
    Freed forgetEvidence(List<String> alerts, boolean dryRun);

    /** Deletes a video that somebody else put there. */
    Freed forgetFile(String uri, boolean dryRun);

    /** Where no pictures are kept. */
    Pictures NONE = new Pictures() {
        @Override
        public void keep(String stream, List<Stretch> pinned) {}

        @Override
        public Freed forget(String stream, List<Stretch> stretches, List<Stretch> pinned, boolean dryRun) {
            return Freed.NOTHING;
        }

        @Override
        public Freed forgetEvidence(List<String> alerts, boolean dryRun) {
            return Freed.NOTHING;
        }

        @Override
        public Freed forgetFile(String uri, boolean dryRun) {
            return Freed.NOTHING;
        }
    };
}
