// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Watch the sample video with the sample rules and the embedded model, on this machine alone.")
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(false);
        Installation installation = Installation.find();
        List<AlertRule> rules = WatchCommand.read(installation.sampleRules()).stream()
                .map(AlertRule::of)
                .toList();
        screen.say("Watching " + installation.home().relativize(installation.sampleVideo()) + " for:");
        rules.forEach(rule -> screen.say("  " + rule.when()));
        screen.say(
                "with the embedded model, which knows only drawn objects like these; real footage wants the published");
        screen.say("Qwen2.5-VL weights: longwatch watch FILE --rule TEXT --model DIR");
        screen.say("");
        WatchPlan plan = WatchPlan.now(List.of(installation.sampleVideo()), rules, false, "");
        ExitCode end = Watching.run(plan, index, screen);
        if (end == ExitCode.OK) {
            screen.say("");
            screen.say("Everything it saw can be searched now:");
            screen.say("  ./longwatch search \"" + rules.get(0).when() + "\"");
            screen.say("and looked at in a browser:");
            screen.say("  ./longwatch serve");
        }
        return end.code();
    }
}
