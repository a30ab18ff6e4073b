// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.UpLock;
import dev.longwatch.indexer.local.LocalElasticsearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stop the Elasticsearch on this machine now. It stops by itself ten minutes after its last use.")
final class StopCommand implements Callable<Integer> {

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        DataFolder folder = index.folder();
        if (UpLock.isHeld(folder)) {
            throw new Problem(
                    ExitCode.USAGE,
                    "longwatch up needs it (process " + UpLock.holder(folder) + "); stop that one first, with Ctrl-C or"
                            + " kill " + UpLock.holder(folder));
        }
        boolean stopped = LocalElasticsearch.stop(index.directory());
        System.out.println(stopped ? "Elasticsearch has stopped" : "no Elasticsearch is running");
        return ExitCode.OK.code();
    }
}
