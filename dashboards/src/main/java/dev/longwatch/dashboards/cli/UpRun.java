// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.ApiSettings;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.Governor;
import dev.longwatch.dashboards.govern.IndexWatch;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.govern.Secrets;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.dashboards.govern.Sweeps;
import dev.longwatch.dashboards.govern.WatchlistFile;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.dashboards.local.KeptJob;
import dev.longwatch.dashboards.local.KeptPictures;
import dev.longwatch.dashboards.local.LivePlan;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.keep.Pictures;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Records and watches until it is stopped: two jobs kept running, the watchlist kept current, a screen kept calm. */
final class UpRun {

    private static final long TICK_MILLIS = 1_000;

    private final Screen screen;
    private final DataFolder folder;
    private final Path path;
    private final ConfigFile file;
    private final KeptIndex index;
    private final Jobs jobs;
    private final Api api;
    private final AlertTally tally = new AlertTally(ZoneId.systemDefault(), System.currentTimeMillis());
    private final UpReport report;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Problem hopeless;
    private @Nullable Overview written;
    private String unwritten = "";

    /** Starts the two jobs' processes. */
    interface Jobs {

        JobProcess record(String config);

        JobProcess watch(String config);
    }

    /** How the API is served. */
    record Api(ApiSettings settings, ApiToken token) {}

    /**
     * @param path of the file, which need not be there yet
     * @param file what it says now
     */
    UpRun(Screen screen, DataFolder folder, Path path, ConfigFile file, KeptIndex index, Jobs jobs, Api api) {
        this.screen = screen;
        this.folder = folder;
        this.path = path;
        this.file = file;
        this.index = index;
        this.jobs = jobs;
        this.api = api;
        report = new UpReport(screen, tally);
    }

    /** Lets {@link #run} return, soon. */
    void stop() {
        stopping.countDown();
    }

    /**
     * Returns when it was stopped and both jobs have ended.
     *
     * @throws Problem when there is nothing that waiting would help
     */
    void run() {
        LongwatchConfig config = file.alone();
        IndexNames names = new IndexNames(config.prefix());
        List<KeptJob> kept = new CopyOnWriteArrayList<>();
        AtomicReference<@Nullable UpApi> served = new AtomicReference<>();
        // all of them learn a new address by being started again
        Runnable moved = () -> {
            kept.forEach(KeptJob::restart);
            UpApi answering = served.get();
            if (answering != null) {
                answering.begin(index.address());
            }
        };
        try (IndexWatch watch = IndexWatch.begin(index, names, report::note, moved)) {
            countEarlierAlerts(names);
            Governor governor =
                    new Governor(path, file, new Secrets(folder), new WatchlistFile(folder.watchlist()), report::note);
            governor.begin(watch.latest());
            Standing standing = standing(governor);
            UpApi answering = new UpApi(api.settings(), api.token(), names, standing);
            answering.begin(index.address());
            served.set(answering);
            greet(governor.current());
            ApiOptions.say(screen, api.settings(), answering.port());
            kept.add(KeptJob.keep("recorder", () -> jobs.record(plan(config).recordJson()), listener()));
            kept.add(KeptJob.keep("watcher", () -> jobs.watch(plan(config).watchJson()), listener()));
            Sweeps sweeps = Sweeps.begin(
                    index::address,
                    names,
                    standing::pictures,
                    () -> governor.current().streams(),
                    report::note,
                    Sweeps.HOURLY);
            try {
                govern(governor, watch);
            } finally {
                sweeps.close();
            }
            screen.clear();
            report.note("stopping: what was recorded and looked at is being kept");
        } catch (IndexException e) {
            throw Problem.of(e);
        } finally {
            screen.clear();
            UpApi answering = served.getAndSet(null);
            if (answering != null) {
                answering.close();
            }
            kept.forEach(KeptJob::stop);
            kept.forEach(KeptJob::close);
        }
        Problem problem = hopeless;
        if (problem != null) {
            throw problem;
        }
    }

    private Standing standing(Governor governor) {
        return new Standing() {
            @Override
            public DataFolder folder() {
                return folder;
            }

            @Override
            public ConfigFile file() {
                return governor.file();
            }

            @Override
            public StreamCondition condition(String stream) {
                return report.conditions().of(stream);
            }

            @Override
            public Pictures pictures() {
                return KeptPictures.in(folder, "up-footage.log");
            }

            @Override
            public boolean governed() {
                return true;
            }
        };
    }

    private LivePlan plan(LongwatchConfig config) {
        return new LivePlan(folder, config.model(), config.boxes(), index.address(), config.prefix());
    }

    private void govern(Governor governor, IndexWatch watch) {
        try {
            do {
                governor.look(watch.latest());
                report.standing(governor.current().streams());
                write(governor);
            } while (!stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Governor governor) {
        List<String> remarks = new ArrayList<>(governor.remarks());
        remarks.addAll(report.refused());
        Overview now = Overview.of(path, governor.current(), remarks, report.conditions()::of);
        if (!now.equals(written)) {
            try {
                now.write(folder);
                written = now;
                unwritten = "";
            } catch (Problem e) {
                sayOnce(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A disk that is full stays so for a while. */
    private void sayOnce(String sentence) {
        if (!sentence.equals(unwritten)) {
            unwritten = sentence;
            report.note(sentence);
        }
    }

    private void greet(LongwatchConfig config) {
        List<String> streams =
                config.streams().stream().map(WatchedStream::name).toList();
        List<String> rules = config.rules().stream().map(AlertRule::name).toList();
        if (screen.printsJson()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "up");
            line.put("streams", streams);
            line.put("rules", rules);
            line.put("data", folder.root().toString());
            screen.object(line);
            return;
        }
        if (streams.isEmpty()) {
            screen.say("No stream is watched yet. Add one: longwatch streams add NAME URL, or under 'streams' in "
                    + path + ".");
        } else {
            screen.say("Watching " + String.join(", ", streams)
                    + (rules.isEmpty() ? " for nothing yet" : " for " + String.join(", ", rules)) + ".");
        }
        screen.say("Kept in " + folder.root() + ". Ctrl-C stops in order; the next start goes on from there.");
    }

    private void countEarlierAlerts(IndexNames names) {
        try (Elasticsearch elasticsearch = Elasticsearch.unprobed(index.address())) {
            tally.startWith(
                    new AlertDesk(elasticsearch, names).raised(tally.midnightMillis(), System.currentTimeMillis()));
        }
    }

    private KeptJob.Listener listener() {
        return new KeptJob.Listener() {
            @Override
            public void line(JsonNode line) {
                report.line(line);
            }

            @Override
            public void ended(String sentence) {
                report.note(sentence);
            }

            @Override
            public void hopeless(Problem problem) {
                hopeless = problem;
                stop();
            }
        };
    }
}
