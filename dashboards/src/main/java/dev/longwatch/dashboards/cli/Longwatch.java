// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entrance. */
@Command(
        name = "longwatch",
        mixinStandardHelpOptions = true,
        version = "longwatch " + Longwatch.VERSION,
        description = "Watches video for you and answers in seconds.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            WatchCommand.class,
            SearchCommand.class,
            EventsCommand.class,
            CoverageCommand.class,
            AskCommand.class,
            SummariseCommand.class,
            EvalCommand.class,
            RuleCommand.class,
            UpCommand.class,
            StreamsCommand.class,
            RulesCommand.class,
            AlertsCommand.class,
            DeleteCommand.class,
            ReceiptsCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            PinsCommand.class,
            CaseCommand.class,
            RetentionCommand.class,
            IndexCommand.class,
            ServeCommand.class,
            McpCommand.class,
            TokenCommand.class,
            DoctorCommand.class,
            StopCommand.class
        })
public final class Longwatch {

    static final String VERSION = "0.1.0-SNAPSHOT";

    /** Columns of {@code --help}. */
    private static final int WIDTH = 100;

    private Longwatch() {}

    public static void main(String[] arguments) {
        // whatever the locale: results hold dashes, and names of any script
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... arguments) {
        CommandLine commands = new CommandLine(new Longwatch());
        commands.setOut(writer(System.out));
        commands.setErr(writer(System.err));
        commands.setUsageHelpWidth(WIDTH);
        // severities and the like, as they are printed
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setParameterExceptionHandler(Longwatch::refuse);
        commands.setExecutionExceptionHandler(Longwatch::show);
        describeExitCodes(commands);
        commands.getSubcommands().values().forEach(command -> {
            describeExitCodes(command);
            command.getSubcommands().values().forEach(Longwatch::describeExitCodes);
        });
        if (arguments.length == 0) {
            commands.usage(commands.getOut());
            return ExitCode.USAGE.code();
        }
        return commands.execute(arguments);
    }

    private static int refuse(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println("longwatch: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }

    private static int show(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("longwatch: " + problem.getMessage());
        if (problem instanceof Problem known) {
            return known.exitCode().code();
        }
        problem.printStackTrace(command.getErr());
        return ExitCode.INTERNAL.code();
    }

    private static void describeExitCodes(CommandLine command) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            meanings.put(String.valueOf(code.code()), code.meaning());
        }
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(meanings);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
