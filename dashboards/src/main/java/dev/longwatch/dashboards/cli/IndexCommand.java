// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import picocli.CommandLine.Command;

@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description = "The indices in Elasticsearch.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = IndexMigrateCommand.class)
final class IndexCommand {}
