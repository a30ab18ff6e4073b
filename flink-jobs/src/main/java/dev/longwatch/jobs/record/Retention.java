// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Deletes the oldest of a recording when it gets too old or too large, and what somebody wants forgotten: segments one by
 * one, an hour's page of the index when none of its segments is left. What is pinned stays, and counts. It may be interrupted
 * anywhere and goes on from what it finds.
 */
final class Retention {

    /** Longer than a segment is being recorded. */
    private static final long ORDERS_STAND_MILLIS = 3_600_000;

    private final StreamFolder folder;
    private final SegmentIndex index;
    private final Wishes wishes;
    private final LongSupplier ageMillis;
    private final long maxBytes;
    private final TreeMap<String, Hour> hours = new TreeMap<>();
    /** The segments of the hour being deleted, oldest first. */
    private final Deque<Segment> opened = new ArrayDeque<>();
    /** Added since the last sweep. */
    private final Deque<Fresh> fresh = new ArrayDeque<>();

    private String openedHour = "";
    private long bytes;

    /** A segment and its page of the index. */
    private record Fresh(Segment segment, String page) {}

    /** What is there of an hour. */
    private static final class Hour {
        private long bytes;
        private long startMillis = Long.MAX_VALUE;
        private long endMillis;
        private boolean hadSegments;
        /** all that is left of it is pinned */
        private boolean spared;
    }

    /**
     * @param ageMillis how long a segment is kept, as it is now
     * @param maxBytes how much all segments may hold together
     */
    Retention(StreamFolder folder, SegmentIndex index, LongSupplier ageMillis, long maxBytes) throws IOException {
        this.folder = folder;
        this.index = index;
        wishes = new Wishes(folder);
        this.ageMillis = ageMillis;
        this.maxBytes = maxBytes;
        Map<String, List<String>> listed = new HashMap<>();
        for (String page : index.pages()) {
            for (IndexEntry entry : index.page(page)) {
                add(entry, page, entry instanceof Segment segment && isListed(segment.path(), listed));
            }
        }
    }

    /** Asks for a folder at a time: a week of segments is a hundred thousand files. */
    private boolean isListed(String path, Map<String, List<String>> listed) throws IOException {
        int slash = path.lastIndexOf('/');
        String parent = path.substring(0, Math.max(0, slash));
        List<String> names = listed.get(parent);
        if (names == null) {
            names = folder.list(parent);
            listed.put(parent, names);
        }
        return Collections.binarySearch(names, path.substring(slash + 1)) >= 0;
    }

    /** A line was added to the index. */
    void added(IndexEntry entry, IndexPosition end) {
        add(entry, end.page(), true);
        if (entry instanceof Segment segment) {
            fresh.add(new Fresh(segment, end.page()));
            if (end.page().equals(openedHour)) {
                opened.add(segment);
            }
        }
    }

    /** Of all segments that are there. */
    long bytes() {
        return bytes;
    }

    /** Deletes what is too much. */
    void sweep(long nowMillis) throws IOException {
        if (wishes.refresh()) {
            follow(nowMillis);
        }
        for (Fresh each = fresh.poll(); each != null; each = fresh.poll()) {
            if (wishes.isForgotten(each.segment())) {
                recount(each.page());
            }
        }
        sweepAged(nowMillis);
    }

    private void sweepAged(long nowMillis) throws IOException {
        Iterator<Map.Entry<String, Hour>> each = hours.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Hour> next = each.next();
            String page = next.getKey();
            Hour hour = next.getValue();
            if (hour.bytes > 0 && !hour.spared && !deleteFrom(page, hour, nowMillis)) {
                return;
            }
            if (hour.bytes > 0) {
                hour.spared = true;
                continue;
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

    /** Somebody wishes something else than before. */
    private void follow(long nowMillis) throws IOException {
        openedHour = "";
        for (Map.Entry<String, Hour> each : hours.entrySet()) {
            Hour hour = each.getValue();
            hour.spared = false;
            if (wishes.mayForget(hour.startMillis, hour.endMillis)) {
                recount(each.getKey());
            }
        }
        wishes.discard(nowMillis - ORDERS_STAND_MILLIS);
    }

    /** Lets go of what is to be forgotten of an hour; who asked for it may have deleted it already. */
    private void recount(String page) throws IOException {
        Hour hour = hours.computeIfAbsent(page, unused -> new Hour());
        openedHour = "";
        long left = 0;
        for (IndexEntry entry : index.page(page)) {
            if (entry instanceof Segment segment && folder.exists(segment.path())) {
                if (wishes.isForgotten(segment)) {
                    folder.delete(segment.path());
                } else {
                    left += segment.bytes();
                }
            }
        }
        bytes += left - hour.bytes;
        hour.bytes = left;
    }

    /** @return whether all that is left is pinned */
    private boolean deleteFrom(String page, Hour hour, long nowMillis) throws IOException {
        if (!page.equals(openedHour)) {
            open(page);
        }
        while (!opened.isEmpty()) {
            Segment segment = opened.getFirst();
            if (nowMillis - segment.endMillis() <= ageMillis.getAsLong() && bytes <= maxBytes) {
                return false;
            }
            opened.removeFirst();
            if (wishes.isPinned(segment)) {
                continue;
            }
            folder.delete(segment.path());
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

    private void add(IndexEntry entry, String page, boolean isThere) {
        Hour hour = hours.computeIfAbsent(page, unused -> new Hour());
        hour.startMillis = Math.min(hour.startMillis, entry.startMillis());
        hour.endMillis = Math.max(hour.endMillis, entry.endMillis());
        hour.spared = false;
        if (entry instanceof Segment segment) {
            hour.hadSegments = true;
            if (isThere) {
                hour.bytes += segment.bytes();
                bytes += segment.bytes();
            }
        }
    }
}
