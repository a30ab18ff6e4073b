// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

/** The configuration cannot be used; the message says where, what was found and what was expected. */
public final class InvalidConfig extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidConfig(String place, String sentence) {
        super(place + ": " + sentence);
    }
}
