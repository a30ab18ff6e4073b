// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ack",
        mixinStandardHelpOptions = true,
        description = "Acknowledge an alert: say that somebody has seen it.")
final class AlertsAckCommand implements Callable<Integer> {

    @Mixin
    private OneAlert alert = new OneAlert();

    @Option(names = "--by", paramLabel = "WHO", defaultValue = "${user.name}", description = "Default: you.")
    private String by = "";

    @Option(names = "--undo", description = "Take it back.")
    private boolean undo;

    @Override
    public Integer call() {
        long now = System.currentTimeMillis();
        return alert.handle(done -> done.acknowledged(undo ? "" : by, now)).code();
    }
}
