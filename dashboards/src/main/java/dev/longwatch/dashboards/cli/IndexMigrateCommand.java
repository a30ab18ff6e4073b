// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.schema.Migration;
import dev.longwatch.indexer.wording.CatchUp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Bring what an older Longwatch has kept up to date. May be interrupted and run again; jobs wait.")
final class IndexMigrateCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(json);
        List<Migration.Moved> moved = index.ask(screen, (elasticsearch, names) -> {
            List<Migration.Moved> copied = new Migration(elasticsearch, names, 0)
                    .run((name, documents) -> screen.progress(name + ": " + documents + " documents copied"));
            screen.progress("making what is kept findable by its meaning");
            new CatchUp(elasticsearch, names, MiniLm.shared()).run();
            return copied;
        });
        for (Migration.Moved each : moved) {
            screen.say(
                    each.index() + ": " + each.documents() + " documents copied and compared, digest " + each.digest());
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "moved");
            line.put("index", each.index());
            line.put("documents", each.documents());
            line.put("digest", each.digest());
            screen.object(line);
        }
        screen.say(
                moved.isEmpty() ? "Everything is up to date; nothing had to be copied." : "Everything is up to date.");
        return ExitCode.OK.code();
    }
}
