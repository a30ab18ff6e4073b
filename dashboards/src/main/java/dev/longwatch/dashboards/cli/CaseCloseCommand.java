// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.keep.Case;
import dev.longwatch.indexer.keep.Pin;
import dev.longwatch.indexer.keep.Pins;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = "Take a case away with all its pins. What they kept is deleted by retention as any other.")
final class CaseCloseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What it is called.")
    private String name = "";

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Screen screen = options.screen();
        options.with(screen, (elasticsearch, names) -> {
            Pins pins = new Pins(elasticsearch, names);
            Case closed = pins.close(name)
                    .orElseThrow(() -> new Problem(ExitCode.USAGE, "there is no case called '" + name + "'"));
            closed.pins().stream().map(Pin::stream).distinct().forEach(stream -> options.tellRecorder(pins, stream));
            screen.say("Case " + name + " is closed; " + closed.pins().size() + " pins are no more.");
            screen.object(CaseListCommand.line(closed));
            return closed;
        });
        return ExitCode.OK.code();
    }
}
