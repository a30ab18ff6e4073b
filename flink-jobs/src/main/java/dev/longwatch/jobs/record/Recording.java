// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one stream for as long as it is not stopped: opens it, copies what comes, and when that ends tells why and tries
 * again. Whatever a camera or network does is an outcome that is told; only a recording that two write at once fails. All
 * native memory belongs to the thread that runs it.
 */
final class Recording implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** What is said of a stream that was stopped. */
    static final String NOBODY = "nobody records it any more";

    private static final Duration UNDECODABLE_AFTER = Duration.ofSeconds(8);
    private static final long SLICE_MILLIS = 1_000;

    private final StreamRequest request;
    private final RecordOptions options;
    private final WallClock wall;
    private final Backoff backoff;
    private final RecordingListener listener;
    private final @Nullable IndexPosition known;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable LiveInput current;
    private volatile long keepMillis;
    private @Nullable StreamState told;
    /** Why nothing is recorded now. */
    private Condition reason = Condition.CONNECTING;

    /** @param known position of the last line of the index the listener was told; null when it wants new ones only */
    Recording(
            StreamRequest request,
            RecordOptions options,
            RecordingListener listener,
            @Nullable IndexPosition known,
            WallClock wall) {
        this.request = request;
        this.options = options;
        this.listener = listener;
        this.known = known;
        this.wall = wall;
        backoff = new Backoff(ThreadLocalRandom.current());
        keepMillis = options.keep().toMillis();
    }

    /**
     * How long segments are kept from now on, in place of what the options say. From any thread.
     *
     * @param millis {@link Long#MAX_VALUE} for ever
     */
    void keepFor(long millis) {
        keepMillis = millis;
    }

    /** From any thread; {@link #run()} then keeps what it has and returns. */
    void stop() {
        stopped.countDown();
        LiveInput input = current;
        if (input != null) {
            input.stop();
        }
    }

    @Override
    public void run() {
        RecordingStore store = null;
        try {
            StreamAddress address = StreamAddress.of(request.url());
            store = openStore();
            Path folder = Files.createTempDirectory("longwatch-record-");
            try (PictureWatch watch = new PictureWatch(options.frozenAfter(), UNDECODABLE_AFTER)) {
                while (store != null && !isStopped()) {
                    pause(store, attempt(address, store, folder, watch));
                }
            } finally {
                deleteAll(folder);
            }
            if (store != null) {
                store.missingUntil(wall.millis(), reason);
            }
        } catch (StreamException e) {
            tell(e.condition(), e.sentence());
        } catch (IOException e) {
            tell(Condition.NOT_STORED, notStored(e));
        }
        if (told == null || !told.condition().isFinal()) {
            tell(Condition.STOPPED, NOBODY);
        }
    }

    /** Null when stopped before it could be opened. */
    private @Nullable RecordingStore openStore() {
        while (!isStopped()) {
            try {
                return new RecordingStore(request.stream(), options, () -> keepMillis, listener, known, wall.millis());
            } catch (IOException e) {
                tell(Condition.NOT_STORED, notStored(e));
                waitFor(backoff.after(Condition.NOT_STORED).toMillis());
            }
        }
        return null;
    }

    /** @return how long to wait before the next one */
    private Duration attempt(StreamAddress address, RecordingStore store, Path folder, PictureWatch watch) {
        if (told == null || told.condition() == Condition.RECORDING) {
            tell(Condition.CONNECTING, "connecting to " + address);
        }
        Duration silence = options.silence().isZero() ? address.protocol().silence() : options.silence();
        try (LiveInput input = new LiveInput(address, silence)) {
            current = input;
            if (!isStopped()) {
                input.open();
                copy(input, address, store, folder, watch);
            }
        } catch (StreamException e) {
            failed(e.condition(), e.sentence());
        } catch (IOException e) {
            failed(Condition.NOT_STORED, notStored(e));
        } finally {
            current = null;
        }
        return backoff.after(reason);
    }

    private void failed(Condition condition, String sentence) {
        if (isStopped()) {
            return;
        }
        reason = condition;
        LOG.info("stream {}: {}", request.stream(), sentence);
        tell(condition, sentence);
        if (condition.isFinal()) {
            stopped.countDown();
        }
    }

    private void copy(LiveInput input, StreamAddress address, RecordingStore store, Path folder, PictureWatch watch)
            throws StreamException, IOException {
        AVPacket packet = av_packet_alloc();
        boolean jumped = true;
        try {
            while (jumped && !isStopped()) {
                try (Epoch epoch =
                        new Epoch(store.nextEpoch(), folder, options.segment(), input, watch, wall.micros())) {
                    jumped = copyEpoch(epoch, packet, input, address, store, watch);
                }
            }
        } finally {
            av_packet_free(packet);
        }
    }

    /** @return whether another epoch follows, of which {@code packet} is the first; not when stopped */
    private boolean copyEpoch(
            Epoch epoch,
            AVPacket packet,
            LiveInput input,
            StreamAddress address,
            RecordingStore store,
            PictureWatch watch)
            throws StreamException, IOException {
        Pace pace = new Pace(input.isPlayed());
        try {
            while (!isStopped()) {
                if (packet.size() == 0) {
                    input.read(packet);
                }
                long now = wall.micros();
                Continuity.Step step = epoch.step(packet, now);
                if (step == Continuity.Step.JUMP) {
                    reason = Condition.CHANGED;
                    return true;
                }
                if (step != Continuity.Step.STALE) {
                    waitFor(pace.waitMillis(input.time().scaled(packet.dts())));
                    now = wall.micros();
                }
                if (step == Continuity.Step.HOLE) {
                    reason = Condition.LOST_PACKETS;
                }
                keep(epoch.add(packet, step, now), epoch, store, watch);
                av_packet_unref(packet);
                if (watch.hasSeen() && !store.isFailing()) {
                    String flaw = watch.words();
                    tell(Condition.RECORDING, "recording " + address + (flaw.isEmpty() ? "" : ", but " + flaw));
                }
            }
            return false;
        } finally {
            keep(epoch.finish(), epoch, store, watch);
        }
    }

    private void keep(Epoch.@Nullable Cut cut, Epoch epoch, RecordingStore store, PictureWatch watch) {
        if (cut == null) {
            return;
        }
        try {
            if (store.put(cut, epoch.clock(), reason, watch.isFrozen(), watch.isBlack())) {
                backoff.reset();
            }
        } catch (IOException e) {
            tell(Condition.NOT_STORED, notStored(e));
            LOG.warn("stream {}: {}", request.stream(), notStored(e));
        }
    }

    private void pause(RecordingStore store, Duration duration) throws IOException {
        long end = wall.millis() + duration.toMillis();
        while (!isStopped()) {
            try {
                store.outage(wall.millis(), reason);
            } catch (IOException e) {
                LOG.warn("stream {}: {}", request.stream(), notStored(e));
            }
            long left = end - wall.millis();
            if (left <= 0) {
                return;
            }
            waitFor(Math.min(SLICE_MILLIS, left));
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void waitFor(long millis) {
        if (millis <= 0) {
            return;
        }
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Condition condition, String sentence) {
        StreamState before = told;
        if (before == null
                || before.condition() != condition
                || !before.sentence().equals(sentence)) {
            told = new StreamState(request.stream(), condition, sentence, wall.millis());
            listener.state(told);
        }
    }

    private static String notStored(IOException problem) {
        return "the recording cannot be written: " + problem.getMessage();
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> inner;
        try (Stream<Path> found = Files.walk(folder)) {
            inner = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : inner) {
            Files.deleteIfExists(each);
        }
    }

    /** Lets what is not live be read no faster than it plays. */
    private static final class Pace {
        private final boolean kept;
        private long firstMicros = Long.MIN_VALUE;
        private long startNanos;

        Pace(boolean kept) {
            this.kept = kept;
        }

        long waitMillis(long dtsMicros) {
            if (!kept) {
                return 0;
            }
            if (firstMicros == Long.MIN_VALUE) {
                firstMicros = dtsMicros;
                startNanos = System.nanoTime();
            }
            return (dtsMicros - firstMicros) / 1_000 - (System.nanoTime() - startNanos) / 1_000_000;
        }
    }
}
