// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import dev.longwatch.jobs.record.Ledger.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The recorder's side of a stream's folder: segments, index and retention, and the ledger that ties them to the clock. */
final class RecordingStore {

    /** While nothing comes, this is how often it is said. */
    private static final long OUTAGE_MILLIS = 60_000;

    private final String stream;
    private final StreamFolder folder;
    private final SegmentIndex index;
    private final Retention retention;
    private final RecordingListener listener;
    private final Ledger ledger;
    private long epoch;
    private long ordinal;
    private boolean lost;

    /**
     * Goes on where the index ends, and tells the listener what it does not know yet.
     *
     * @param keepMillis how long a segment is kept, as it is now
     * @param known position of the last line the listener was told; null when it wants new ones only
     * @param nowMillis wall clock
     */
    RecordingStore(
            String stream,
            RecordOptions options,
            LongSupplier keepMillis,
            RecordingListener listener,
            @Nullable IndexPosition known,
            long nowMillis)
            throws IOException {
        this.stream = stream;
        this.listener = listener;
        folder = StreamFolder.of(options.root(), stream);
        index = new SegmentIndex(folder);
        SegmentIndex.Tail tail = index.tail();
        epoch = tail.epoch();
        ordinal = tail.ordinal();
        deleteUnlisted();
        retention = new Retention(folder, index, keepMillis, options.keepBytes());
        if (known != null) {
            tellFrom(known);
        }
        listener.opened(tail.end());
        boolean fresh = tail.coveredMillis() == 0;
        ledger = new Ledger(fresh ? nowMillis : tail.coveredMillis());
        missingUntil(nowMillis, Condition.STOPPED);
    }

    /** Begins a new epoch. */
    long nextEpoch() {
        return ++epoch;
    }

    /**
     * Keeps what was recorded.
     *
     * @param reason why there is nothing before it, if there is nothing
     * @param clock of its epoch
     * @return whether it was kept; not when all of it was recorded before
     */
    boolean put(Epoch.Cut cut, ClockOffset clock, Condition reason, boolean frozen, boolean black) throws IOException {
        boolean wasLost = lost;
        try {
            long start = Math.floorDiv(cut.firstPtsMicros() + clock.micros(), 1_000);
            long end = Math.floorDiv(cut.firstPtsMicros() + cut.durationMicros() + clock.micros(), 1_000);
            // until the index says otherwise
            lost = true;
            if (!cut.follows() || wasLost) {
                if (ledger.isCovered(end)) {
                    lost = wasLost;
                    return false;
                }
                missingUntil(start, wasLost ? Condition.NOT_STORED : reason);
            }
            Stretch stretch = ledger.recordedUntil(end);
            Segment segment = segment(cut, clock, stretch, frozen, black);
            store(cut, segment, stretch);
            lost = false;
            return true;
        } finally {
            Files.deleteIfExists(cut.file());
        }
    }

    /** Says that nothing was recorded until then. */
    void missingUntil(long millis, Condition reason) throws IOException {
        Stretch missing = ledger.missingUntil(millis);
        if (missing != null) {
            try {
                add(new Gap(stream, epoch, missing.startMillis(), missing.endMillis(), reason));
            } catch (IOException e) {
                ledger.forget(missing);
                throw e;
            }
        }
    }

    /** Whether the last that came could not be kept. */
    boolean isFailing() {
        return lost;
    }

    /** An outage goes on: says so once in a while. */
    void outage(long nowMillis, Condition reason) throws IOException {
        if (nowMillis - ledger.coveredMillis() >= OUTAGE_MILLIS) {
            missingUntil(nowMillis, reason);
        }
        retention.sweep(nowMillis);
    }

    private void store(Epoch.Cut cut, Segment segment, Stretch stretch) throws IOException {
        try {
            folder.publish(cut.file(), segment.path());
            add(segment);
        } catch (IOException e) {
            ledger.forget(stretch);
            throw e;
        }
        retention.sweep(stretch.endMillis());
    }

    private Segment segment(Epoch.Cut cut, ClockOffset clock, Stretch stretch, boolean frozen, boolean black)
            throws IOException {
        long number = ++ordinal;
        String path = String.format(
                Locale.ROOT, "segments/%s/%06d-%09d.mp4", SegmentIndex.hour(stretch.startMillis()), epoch, number);
        return new Segment(
                stream,
                epoch,
                number,
                path,
                stretch.startMillis(),
                stretch.endMillis(),
                cut.firstPtsMicros(),
                cut.lastPtsMicros(),
                cut.durationMicros(),
                clock.micros(),
                clock.source(),
                Files.size(cut.file()),
                cut.pictures(),
                cut.keyPictures(),
                cut.codec(),
                cut.width(),
                cut.height(),
                frozen,
                black);
    }

    private void add(IndexEntry entry) throws IOException {
        IndexPosition end = index.append(entry);
        retention.added(entry, end);
        listener.entry(entry, end);
    }

    private void tellFrom(IndexPosition known) throws IOException {
        SegmentIndex.Lines lines = index.read(known);
        while (!lines.entries().isEmpty()) {
            for (int i = 0; i < lines.entries().size(); i++) {
                listener.entry(lines.entries().get(i), lines.ends().get(i));
            }
            lines = index.read(lines.next());
        }
    }

    /** Segments that a crash left before the index named them. What they hold is told as missing. */
    private void deleteUnlisted() throws IOException {
        for (String hour : folder.list("segments")) {
            boolean recent = hour.compareTo(lastPage()) >= 0;
            for (String name : recent ? folder.list("segments/" + hour) : List.<String>of()) {
                if (!name.matches("[0-9]{6,}-[0-9]{9,}\\.mp4")
                        || Long.parseLong(name.substring(name.indexOf('-') + 1, name.length() - 4)) > ordinal) {
                    folder.delete("segments/" + hour + "/" + name);
                }
            }
        }
    }

    private String lastPage() throws IOException {
        List<String> pages = index.pages();
        return pages.isEmpty() ? "" : pages.get(pages.size() - 1);
    }
}
