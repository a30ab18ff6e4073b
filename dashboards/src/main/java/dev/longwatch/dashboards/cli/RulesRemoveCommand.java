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
        description = "Remove a rule: nothing is asked for it any more. Its events and alerts stay.")
final class RulesRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Which one.")
    private String name = "";

    @Mixin
    private Installed installed = new Installed();

    @Override
    public Integer call() {
        Screen screen = installed.screen();
        installed.remove(DefinitionKind.RULE, name, screen);
        screen.say("Rule '" + name + "' is removed.");
        screen.object(Map.of("type", "rule", "rule", name, "state", "removed"));
        return ExitCode.OK.code();
    }
}
