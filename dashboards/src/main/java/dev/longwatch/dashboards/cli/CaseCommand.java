// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import picocli.CommandLine.Command;

@Command(
        name = "case",
        mixinStandardHelpOptions = true,
        description = "Cases: pins that belong together.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CaseOpenCommand.class, CaseListCommand.class, CaseCloseCommand.class})
final class CaseCommand {}
