// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.JobProcess.Program;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.dashboards.local.UpLock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Record and watch live streams and serve the REST API until stopped. What is watched may change meanwhile: edit"
                        + " longwatch.yaml, or use longwatch streams and longwatch rules.",
        footer = {
            "",
            "Examples:",
            "  longwatch up",
            "  longwatch up -c /etc/longwatch.yaml --json",
            "  longwatch streams add yard rtsp://viewer:PASSWORD@10.0.0.7/main"
        })
final class UpCommand implements Callable<Integer> {

    /** Two jobs may take a minute and a half to stop. */
    private static final long STOP_SECONDS = 100;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        ConfigFile file = index.file();
        DataFolder folder = index.folder();
        folder.create();
        Screen screen = Screen.standard(json);
        UpLock lock = UpLock.take(folder);
        try (KeptIndex kept = index.keep(screen::progress)) {
            screen.clear();
            UpRun.Api served = new UpRun.Api(
                    api.settings(file.alone(), index.api()), ApiOptions.token(screen, file.alone(), index.api()));
            runUntilStopped(new UpRun(screen, folder, index.path(), file, kept, jobs(folder), served));
        } finally {
            lock.close();
        }
        return ExitCode.INTERRUPTED.code();
    }

    /** Ctrl-C and SIGTERM end this process only when both jobs have stopped. */
    private static void runUntilStopped(UpRun run) {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    run.stop();
                    try {
                        done.await(STOP_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "longwatch-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            run.run();
        } finally {
            done.countDown();
        }
    }

    private static UpRun.Jobs jobs(DataFolder folder) {
        Installation installation = Installation.find();
        return new UpRun.Jobs() {
            @Override
            public JobProcess record(String config) {
                return JobProcess.start(
                        installation, Program.RECORD, config, folder.logs().resolve("up-record.log"));
            }

            @Override
            public JobProcess watch(String config) {
                return JobProcess.start(
                        installation, Program.WATCH, config, folder.logs().resolve("up-watch.log"));
            }
        };
    }
}
