// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.ConfigFile.Joined;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.watchlist.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides what is watched: what the file says and what the index keeps, whichever changes. An edit of the file that cannot
 * be used changes nothing, and says why. To be used by one thread, but for {@link #file} and {@link #current}.
 */
public final class Governor {

    private final Path path;
    private final Secrets secrets;
    private final WatchlistFile watchlist;
    private final Consumer<String> say;
    private final LongwatchConfig started;

    // read by other threads too
    private volatile ConfigFile file;
    private String stamp;
    private String seenStamp;
    private Kept kept = Kept.NOTHING;
    private volatile LongwatchConfig current;
    private LongwatchConfig announced;
    private String fileProblem = "";
    private String writeProblem = "";
    private List<String> leftOut = List.of();
    private List<String> remarks = List.of();

    /**
     * @param path of the file, which need not be there yet
     * @param file what it says now
     * @param say told what has changed and what is wrong, each once
     */
    public Governor(Path path, ConfigFile file, Secrets secrets, WatchlistFile watchlist, Consumer<String> say) {
        this.path = path;
        this.file = file;
        this.secrets = secrets;
        this.watchlist = watchlist;
        this.say = say;
        started = file.alone();
        current = started;
        announced = started;
        stamp = stamp(path);
        seenStamp = stamp;
    }

    /** What is watched now. For any thread. */
    public LongwatchConfig current() {
        return current;
    }

    /** What the file says: the last that could be used. For any thread. */
    public ConfigFile file() {
        return file;
    }

    /** What is wrong now: sentences without secrets. */
    public List<String> remarks() {
        return remarks;
    }

    /**
     * Writes the first watchlist.
     *
     * @throws Problem when it cannot be written
     */
    public void begin(Kept now) {
        kept = now;
        join();
        watchlist.write(current);
        announced = current;
        remark();
    }

    /** Takes in what the file says and the index keeps now. To be called about once a second. */
    public void look(Kept now) {
        boolean changed = fileHasChanged();
        if (changed) {
            read();
        }
        if (changed || !now.equals(kept)) {
            kept = now;
            join();
        }
        write();
        remark();
    }

    /** Whether it has, and is not being written any more. */
    private boolean fileHasChanged() {
        String now = stamp(path);
        boolean settled = now.equals(seenStamp);
        seenStamp = now;
        if (!settled || now.equals(stamp)) {
            return false;
        }
        stamp = now;
        return true;
    }

    private void read() {
        try {
            file = ConfigFile.read(path);
            fileProblem = "";
        } catch (InvalidConfig e) {
            fileProblem = e.getMessage() + " (what it said before stays in force)";
        }
    }

    /** Again with every look until it works: a full disk is freed some day. */
    private void write() {
        try {
            if (watchlist.write(current)) {
                Changes.between(announced, current).forEach(say);
            }
            announced = current;
            writeProblem = "";
        } catch (Problem e) {
            writeProblem = String.valueOf(e.getMessage());
        }
    }

    private void join() {
        try {
            List<String> closed = new ArrayList<>();
            Joined joined = file.with(opened(closed), kept.rules());
            current = joined.config();
            leftOut = new ArrayList<>(joined.leftOut());
            leftOut.addAll(closed);
        } catch (InvalidConfig e) {
            fileProblem = e.getMessage() + " (what it said before stays in force)";
        }
    }

    /** Streams with what opens their addresses. */
    private List<Definition> opened(List<String> closed) {
        List<Definition> opened = new ArrayList<>();
        for (Definition stream : kept.streams()) {
            String refusal = "left out: stream '" + stream.name() + "' of the index: ";
            try {
                secrets.restored(stream)
                        .ifPresentOrElse(
                                opened::add,
                                () -> closed.add(refusal
                                        + "what opens its address is not kept in this data folder; add it again here"));
            } catch (Problem e) {
                closed.add(refusal + e.getMessage());
            }
        }
        return opened;
    }

    private void remark() {
        List<String> now = new ArrayList<>();
        if (!fileProblem.isEmpty()) {
            now.add(fileProblem);
        } else if (!file.alone().startsLike(started)) {
            now.add(path + ": what it says of model, elasticsearch, auth and api is taken in by the next start");
        }
        if (!writeProblem.isEmpty()) {
            now.add(writeProblem);
        }
        now.addAll(leftOut);
        now.stream().filter(remark -> !remarks.contains(remark)).forEach(say);
        remarks = List.copyOf(now);
    }

    /** Changes with the file; empty while there is none. */
    private static String stamp(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
        } catch (IOException e) {
            return "";
        }
    }
}
