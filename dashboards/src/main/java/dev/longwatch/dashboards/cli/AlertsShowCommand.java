// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show all that is known of an alert: where its pictures are, and what people did.")
final class AlertsShowCommand implements Callable<Integer> {

    @Mixin
    private OneAlert alert = new OneAlert();

    @Override
    public Integer call() {
        return alert.show().code();
    }
}
