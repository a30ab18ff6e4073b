// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import picocli.CommandLine.Option;

/** What counts as seen. */
final class ThresholdOptions {

    @Option(
            names = "--threshold",
            paramLabel = "P",
            defaultValue = "0.5",
            description = "How sure the model must be, 0 to 1. Default: ${DEFAULT-VALUE}.")
    private double threshold;

    double threshold() {
        return threshold;
    }
}
