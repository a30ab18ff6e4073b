// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import java.util.List;

/**
 * Pins that belong together.
 *
 * @param name as people say it
 * @param note what it is about; may be empty
 * @param openedAtMillis milliseconds since 1970 UTC; 0 when it came into being with its first pin
 * @param pins in the order of time
 */
public record Case(String name, String note, long openedAtMillis, List<Pin> pins) {

    public Case {
        pins = List.copyOf(pins);
    }
}
