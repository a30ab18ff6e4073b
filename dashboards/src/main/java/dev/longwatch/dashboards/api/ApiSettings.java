// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import dev.longwatch.dashboards.config.ApiAddress;
import dev.longwatch.dashboards.local.DataFolder;
import java.nio.file.Path;
import java.util.Set;

/**
 * How the API is served.
 *
 * @param bind which address it listens at
 * @param port which port; 0 for any that is free
 * @param names of this machine that are known to others, besides {@code localhost} and addresses in digits
 * @param requestsPerSecond of everybody with the token together
 * @param data where sessions, and answers that must be given again, are kept
 */
public record ApiSettings(String bind, int port, Set<String> names, int requestsPerSecond, Path data) {

    public static final int REQUESTS_PER_SECOND = 100;

    public ApiSettings {
        names = Set.copyOf(names);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("expected a port from 0 to 65535, found " + port);
        }
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("expected one request a second or more, found " + requestsPerSecond);
        }
    }

    /** The data folder of this installation, around {@link #data}. */
    DataFolder folder() {
        return new DataFolder(data.toAbsolutePath().normalize().resolveSibling(""));
    }

    /** For this machine only. */
    public static ApiSettings onLoopback(int port, Path data) {
        return new ApiSettings(ApiAddress.LOOPBACK, port, Set.of(), REQUESTS_PER_SECOND, data);
    }
}
