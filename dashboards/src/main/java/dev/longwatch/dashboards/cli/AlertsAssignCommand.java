// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "assign", mixinStandardHelpOptions = true, description = "Say who looks after an alert.")
final class AlertsAssignCommand implements Callable<Integer> {

    @Mixin
    private OneAlert alert = new OneAlert();

    @Option(names = "--to", paramLabel = "WHO", required = true, description = "Empty for nobody any more.")
    private String to = "";

    @Override
    public Integer call() {
        long now = System.currentTimeMillis();
        return alert.handle(done -> done.assigned(to.strip(), now)).code();
    }
}
