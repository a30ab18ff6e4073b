// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import picocli.CommandLine.Command;

@Command(
        name = "rule",
        mixinStandardHelpOptions = true,
        description = "Rules: try one on the past before it is armed.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RuleTestCommand.class)
final class RuleCommand {}
