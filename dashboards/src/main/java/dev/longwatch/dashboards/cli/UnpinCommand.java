// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.keep.Pin;
import dev.longwatch.indexer.keep.Pins;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "unpin",
        mixinStandardHelpOptions = true,
        description = "Take a pin away: retention deletes what it kept as soon as it is old enough.")
final class UnpinCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PIN", description = "Its id, as longwatch pins shows it.")
    private String id = "";

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Screen screen = options.screen();
        options.with(screen, (elasticsearch, names) -> {
            Pins pins = new Pins(elasticsearch, names);
            Pin pin = pins.unpin(id)
                    .orElseThrow(() -> new Problem(ExitCode.USAGE, "there is no pin with the id '" + id + "'"));
            options.tellRecorder(pins, pin.stream());
            screen.say("Not kept any more: " + PinsCommand.words(pin));
            screen.object(PinsCommand.line(pin));
            return pin;
        });
        return ExitCode.OK.code();
    }
}
