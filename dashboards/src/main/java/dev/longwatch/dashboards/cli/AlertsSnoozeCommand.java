// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.Durations;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "snooze",
        mixinStandardHelpOptions = true,
        description =
                "Hold further alerts of this one's rule and stream for a while. They are kept, and nobody is told.")
final class AlertsSnoozeCommand implements Callable<Integer> {

    @Mixin
    private OneAlert alert = new OneAlert();

    @ArgGroup(multiplicity = "1")
    private While until = new While();

    /** One of the two. */
    static final class While {

        @Option(names = "--for", paramLabel = "D", description = "How long: 30m, 2h, 1d; 0 to hear of it again.")
        private @Nullable String length;

        @Option(names = "--until", paramLabel = "T", description = "Until when: 08:30, or 2026-11-01T08:00.")
        private @Nullable String time;

        private Instant end(Instant now) {
            return length == null
                    ? ahead(String.valueOf(time), now)
                    : now.plus(Durations.parse(length)
                            .orElseThrow(() -> new Problem(
                                    ExitCode.USAGE,
                                    "--for: expected " + Durations.EXPECTED + ", found '" + length + "'")));
        }

        private static Instant ahead(String time, Instant now) {
            try {
                Instant end = Times.after(time, now);
                if (end.isBefore(now)) {
                    throw new Problem(ExitCode.USAGE, "--until " + Times.local(end) + " has passed already");
                }
                return end;
            } catch (IllegalArgumentException e) {
                throw new Problem(ExitCode.USAGE, e);
            }
        }
    }

    @Override
    public Integer call() {
        Instant now = Instant.now();
        Instant end = until.end(now);
        return alert.handle(done -> done.snoozed(end.isAfter(now) ? end.toEpochMilli() : 0, now.toEpochMilli()))
                .code();
    }
}
