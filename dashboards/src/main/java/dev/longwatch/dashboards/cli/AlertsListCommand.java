// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List alerts, newest first.")
final class AlertsListCommand implements Callable<Integer> {

    @Mixin
    private AlertListOptions list = new AlertListOptions();

    @Override
    public Integer call() {
        return list.show().code();
    }
}
