// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Carries out a plan: Elasticsearch up, the job's process on it, its report on the screen. */
final class Watching {

    private Watching() {}

    /** @return how it ended; the screen has shown everything else */
    static ExitCode run(WatchPlan plan, IndexOptions index, Screen screen) {
        return index.with(screen::progress, address -> run(plan, index, screen, address));
    }

    private static ExitCode run(WatchPlan plan, IndexOptions index, Screen screen, ElasticsearchAddress address) {
        WatchRun run = new WatchRun(screen, plan);
        Path log = index.folder().log("watch");
        try (JobProcess job = JobProcess.start(
                Installation.find(),
                JobProcess.Program.WATCH,
                plan.json(address, index.names().prefix()),
                log)) {
            ExitCode end = run.follow(job);
            forgetEarlierRuns(plan, run.wholeFiles(), address, index.names());
            return end;
        } finally {
            screen.clear();
        }
    }

    /** A file that was watched before may have left events that this run did not find again. */
    private static void forgetEarlierRuns(
            WatchPlan plan, List<String> files, ElasticsearchAddress address, IndexNames names) {
        if (files.isEmpty()) {
            return;
        }
        List<String> rules =
                new ArrayList<>(plan.rules().stream().map(AlertRule::name).toList());
        if (plan.describe()) {
            rules.add(Screen.DESCRIBE);
        }
        EventFilter theirs =
                EventFilter.ALL.inStreams(files.toArray(String[]::new)).ofRules(rules.toArray(String[]::new));
        try (Elasticsearch elasticsearch = Elasticsearch.open(address)) {
            new EventSearch(elasticsearch, names).delete(theirs, VideoEvent.firstVersion(plan.run()));
        }
    }
}
