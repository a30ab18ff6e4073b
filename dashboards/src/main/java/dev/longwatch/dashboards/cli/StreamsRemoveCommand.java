// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.dashboards.local.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove a stream: it is recorded and watched no more. What was recorded and found stays until its"
                + " time is over.")
final class StreamsRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Which one.")
    private String name = "";

    @Mixin
    private Installed installed = new Installed();

    @Override
    public Integer call() {
        Screen screen = installed.screen();
        installed.remove(DefinitionKind.STREAM, name, screen);
        screen.say("Stream '" + name + "' is removed.");
        screen.object(Map.of("type", "stream", "stream", name, "state", "removed"));
        return ExitCode.OK.code();
    }
}
