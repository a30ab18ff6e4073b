// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries out a plan: Elasticsearch up, the job's process on it, its report on the screen. */
final class Watching {

    private Watching() {}

    /** @return how it ended; the screen has shown everything else */
    static ExitCode run(WatchPlan plan, IndexOptions index, Screen screen) {
        return index.with(screen::progress, address -> run(plan, index, screen, address));
    }

    private static ExitCode run(WatchPlan plan, IndexOptions index, Screen screen, ElasticsearchAddress address) {
        WatchRun run = new WatchRun(screen, plan.videos().keySet());
        Path log = log(index);
        try (JobProcess job = JobProcess.start(Installation.find(), plan, address, log)) {
            return run.follow(job);
        } finally {
            screen.clear();
        }
    }

    private static Path log(IndexOptions index) {
        Path logs = index.directory().resolveSibling("logs");
        try {
            Files.createDirectories(logs);
            return logs.resolve("watch-" + ProcessHandle.current().pid() + ".log");
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "the log directory " + logs + " cannot be made: " + e, e);
        }
    }
}
