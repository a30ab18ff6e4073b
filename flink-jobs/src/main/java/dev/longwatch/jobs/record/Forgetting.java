// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import dev.longwatch.jobs.record.Wishes.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes stretches of a recording for somebody who is not its recorder. A segment that reaches into one goes whole. What is
 * being recorded just now is deleted by the recorder, when it is finished.
 */
final class Forgetting {

    /** Longer than any segment. */
    private static final long REACH_MILLIS = 15 * 60_000;

    private final StreamFolder folder;

    /**
     * What went, or would.
     *
     * @param files segments
     * @param bytes how large they were
     * @param kept segments that are pinned
     */
    record Forgotten(long files, long bytes, long kept) {}

    Forgetting(StreamFolder folder) {
        this.folder = folder;
    }

    /** @param pinned what reaches into one of these stays */
    Forgotten forget(List<Span> spans, List<Span> pinned, boolean dryRun) throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        List<Segment> going = new ArrayList<>();
        long kept = 0;
        List<String> pages = index.pages();
        for (String page : pages) {
            for (IndexEntry entry : isNear(page, spans) ? index.page(page) : List.<IndexEntry>of()) {
                if (entry instanceof Segment segment && touch(spans, segment) && folder.exists(segment.path())) {
                    if (touch(pinned, segment)) {
                        kept++;
                    } else {
                        going.add(segment);
                    }
                }
            }
        }
        if (!dryRun && !pages.isEmpty()) {
            for (Span span : spans) {
                // first: what is finished from here on is the recorder's to delete
                Wishes.forget(folder, span, pinned.isEmpty());
            }
            for (Segment segment : going) {
                folder.delete(segment.path());
            }
        }
        return new Forgotten(
                going.size(), going.stream().mapToLong(Segment::bytes).sum(), kept);
    }

    private static boolean isNear(String page, List<Span> spans) {
        // a clock that was set back leaves earlier times on later pages
        return spans.stream()
                .anyMatch(span -> page.compareTo(SegmentIndex.hour(span.fromMillis() - REACH_MILLIS)) >= 0);
    }

    private static boolean touch(List<Span> spans, IndexEntry entry) {
        return spans.stream().anyMatch(span -> span.touches(entry));
    }
}
