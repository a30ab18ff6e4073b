// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.keep.Pins;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = "Open a case, or say anew what it is about. longwatch pin --case NAME adds to it.")
final class CaseOpenCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What it is called.")
    private String name = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is about.")
    private String note = "";

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Screen screen = options.screen();
        options.with(screen, (elasticsearch, names) -> {
            new Pins(elasticsearch, names).open(name, note, KeepOptions.person(), System.currentTimeMillis());
            screen.say("Case " + name + " is open.");
            return name;
        });
        return ExitCode.OK.code();
    }
}
