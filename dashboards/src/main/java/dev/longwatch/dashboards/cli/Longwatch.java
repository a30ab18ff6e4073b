// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entrance. */
@Command(
        name = "longwatch",
        mixinStandardHelpOptions = true,
        version = "longwatch 0.1.0-SNAPSHOT",
        description = "Watches video for you and answers in seconds.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, WatchCommand.class, StopCommand.class})
public final class Longwatch {

    private Longwatch() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... arguments) {
        CommandLine commands = new CommandLine(new Longwatch());
        commands.setExitCodeExceptionMapper(Longwatch::exitCode);
        commands.setExecutionExceptionHandler(Longwatch::show);
        describeExitCodes(commands);
        if (arguments.length == 0) {
            commands.usage(commands.getOut());
            return ExitCode.USAGE.code();
        }
        return commands.execute(arguments);
    }

    private static int show(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("longwatch: " + problem.getMessage());
        if (!(problem instanceof Problem)) {
            problem.printStackTrace(command.getErr());
        }
        return exitCode(problem);
    }

    private static int exitCode(Throwable problem) {
        return problem instanceof Problem known ? known.exitCode().code() : ExitCode.INTERNAL.code();
    }

    private static void describeExitCodes(CommandLine commands) {
        var meanings = Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(
                        code -> String.valueOf(code.code()),
                        ExitCode::meaning,
                        (a, b) -> a,
                        java.util.LinkedHashMap::new));
        for (CommandLine command : commands.getSubcommands().values()) {
            describe(command, meanings);
        }
        describe(commands, meanings);
    }

    private static void describe(CommandLine command, java.util.Map<String, String> meanings) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(meanings);
    }
}
