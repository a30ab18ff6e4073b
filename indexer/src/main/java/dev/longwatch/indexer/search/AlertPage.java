// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.List;

/**
 * Some alerts, newest first.
 *
 * @param total how many there are, on this page or not
 * @param next where the next page begins; empty on the last one
 */
public record AlertPage(List<HandledAlert> alerts, long total, String next) {

    public AlertPage {
        alerts = List.copyOf(alerts);
    }
}
