// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.indexer.alert.Handling.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verdict", mixinStandardHelpOptions = true, description = "Say what an alert turned out to be.")
final class AlertsVerdictCommand implements Callable<Integer> {

    @Mixin
    private OneAlert alert = new OneAlert();

    @Parameters(
            index = "1",
            paramLabel = "VERDICT",
            description = "true for what it should tell of, false for a false alarm, open to take it back.")
    private String verdict = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Override
    public Integer call() {
        Verdict given = AlertListOptions.verdict(verdict);
        long now = System.currentTimeMillis();
        return alert.handle(done -> done.judged(given, reason.strip(), now)).code();
    }
}
