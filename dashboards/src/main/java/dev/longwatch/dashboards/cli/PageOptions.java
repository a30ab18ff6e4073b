// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list is shown. */
final class PageOptions {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where the same list before ended.")
    private @Nullable String cursor;

    int limit() {
        return limit;
    }

    /** Where the list before ended; null from the beginning. */
    @Nullable
    String cursor() {
        return cursor;
    }
}
