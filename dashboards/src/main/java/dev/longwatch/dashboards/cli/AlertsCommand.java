// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "List alerts, newest first, or do something about one.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            AlertsListCommand.class,
            AlertsShowCommand.class,
            AlertsAckCommand.class,
            AlertsSnoozeCommand.class,
            AlertsAssignCommand.class,
            AlertsVerdictCommand.class
        },
        footer = {
            "",
            "Ids may be shortened as long as one alert only begins so.",
            "Examples:",
            "  longwatch alerts --open --since 2h",
            "  longwatch alerts --stream yard --severity critical --unacknowledged",
            "  longwatch alerts show 0d5c0e1f",
            "  longwatch alerts snooze 0d5c0e1f --for 30m"
        })
final class AlertsCommand implements Callable<Integer> {

    @Mixin
    private AlertListOptions list = new AlertListOptions();

    @Override
    public Integer call() {
        return list.show().code();
    }
}
