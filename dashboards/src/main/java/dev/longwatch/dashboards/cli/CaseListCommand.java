// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.keep.Case;
import dev.longwatch.indexer.keep.Pins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "Show the cases with their pins.")
final class CaseListCommand implements Callable<Integer> {

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Screen screen = options.screen();
        List<Case> cases = options.with(screen, (elasticsearch, names) -> new Pins(elasticsearch, names).cases());
        for (Case each : cases) {
            screen.say(each.name() + (each.note().isEmpty() ? "" : ": " + each.note()));
            each.pins().forEach(pin -> screen.say("  " + PinsCommand.words(pin)));
            screen.object(line(each));
        }
        if (cases.isEmpty()) {
            screen.note("there is no case");
        }
        return ExitCode.OK.code();
    }

    static Map<String, Object> line(Case each) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "case");
        line.put("name", each.name());
        line.put("note", each.note());
        line.put("pins", each.pins().stream().map(PinsCommand::line).toList());
        return line;
    }
}
