// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps or deletes footage as its configuration, one line on standard input, says, and reports what was deleted. The
 * recorder may run meanwhile.
 */
public final class FootageMain {

    private static final Logger LOG = LoggerFactory.getLogger(FootageMain.class);

    private FootageMain() {}

    public static void main(String[] arguments) {
        int status = 0;
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            Report.line("footage", run(FootageConfig.parse(Objects.requireNonNullElse(input.readLine(), ""))));
        } catch (Exception e) {
            LOG.error("the footage could not be changed", e);
            Report.line("failed", Failed.of(e));
            status = 1;
        }
        System.exit(status);
    }

    static Forgetting.Forgotten run(FootageConfig config) throws IOException {
        StreamFolder folder = StreamFolder.of(config.root(), config.stream());
        boolean recorded = !new SegmentIndex(folder).pages().isEmpty();
        if (config.pin() && recorded) {
            Wishes.pin(folder, config.pins());
        }
        return new Forgetting(folder).forget(config.forget(), config.spared(), config.dryRun());
    }
}
