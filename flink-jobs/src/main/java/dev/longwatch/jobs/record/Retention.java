// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Deletes the oldest of a recording when it gets too old or too large: segments one by one, an hour's page of the index when
 * none of its segments is left. It may be interrupted anywhere and goes on from what it finds.
 */
final class Retention {

    private final StreamFolder folder;
    private final SegmentIndex index;
    private final LongSupplier ageMillis;
    private final long maxBytes;
    private final TreeMap<String, Hour> hours = new TreeMap<>();
    /** The segments of the hour being deleted, oldest first. */
    private final Deque<Segment> opened = new ArrayDeque<>();

    private String openedHour = "";
    private long bytes;

    /** What is there of an hour. */
    private static final class Hour {
        private long bytes;
        private long endMillis;
        private boolean hadSegments;
    }

    /**
     * @param ageMillis how long a segment is kept, as it is now
     * @param maxBytes how much all segments may hold together
     */
    Retention(StreamFolder folder, SegmentIndex index, LongSupplier ageMillis, long maxBytes) throws IOException {
        this.folder = folder;
        this.index = index;
        this.ageMillis = ageMillis;
        this.maxBytes = maxBytes;
        for (String page : index.pages()) {
            // the hours behind the first that has any left are whole
            boolean whole = bytes > 0;
            for (IndexEntry entry : index.page(page)) {
                add(entry, page, whole);
            }
        }
    }

    /** A line was added to the index. */
    void added(IndexEntry entry, IndexPosition end) throws IOException {
        add(entry, end.page(), true);
        if (entry instanceof Segment segment && end.page().equals(openedHour)) {
            opened.add(segment);
        }
    }

    /** Of all segments that are there. */
    long bytes() {
        return bytes;
    }

    /** Deletes what is too much. */
    void sweep(long nowMillis) throws IOException {
        Iterator<Map.Entry<String, Hour>> each = hours.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Hour> next = each.next();
            String page = next.getKey();
            Hour hour = next.getValue();
            if (hour.bytes > 0 && !deleteFrom(page, hour, nowMillis)) {
                return;
            }
            boolean old = nowMillis - hour.endMillis > ageMillis.getAsLong();
            // the page being written stays, and so does what is only known to be missing
            if (each.hasNext() && (old || hour.hadSegments)) {
                folder.delete("segments/" + page);
                index.deletePage(page);
                each.remove();
            }
        }
    }

    /** @return whether none is left */
    private boolean deleteFrom(String page, Hour hour, long nowMillis) throws IOException {
        if (!page.equals(openedHour)) {
            open(page);
        }
        while (!opened.isEmpty()) {
            Segment segment = opened.getFirst();
            if (nowMillis - segment.endMillis() <= ageMillis.getAsLong() && bytes <= maxBytes) {
                return false;
            }
            folder.delete(segment.path());
            opened.removeFirst();
            bytes -= segment.bytes();
            hour.bytes -= segment.bytes();
        }
        return true;
    }

    private void open(String page) throws IOException {
        opened.clear();
        openedHour = page;
        for (IndexEntry entry : index.page(page)) {
            if (entry instanceof Segment segment && folder.exists(segment.path())) {
                opened.add(segment);
            }
        }
    }

    private void add(IndexEntry entry, String page, boolean isThere) throws IOException {
        Hour hour = hours.computeIfAbsent(page, unused -> new Hour());
        hour.endMillis = Math.max(hour.endMillis, entry.endMillis());
        if (entry instanceof Segment segment) {
            hour.hadSegments = true;
            if (isThere || folder.exists(segment.path())) {
                hour.bytes += segment.bytes();
                bytes += segment.bytes();
            }
        }
    }
}
