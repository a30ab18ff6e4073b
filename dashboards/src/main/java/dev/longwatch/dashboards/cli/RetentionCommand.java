// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import picocli.CommandLine.Command;

@Command(
        name = "retention",
        mixinStandardHelpOptions = true,
        description = "Retention: one figure per stream for footage, events and alerts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RetentionRunCommand.class)
final class RetentionCommand {}
