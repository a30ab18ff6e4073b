// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

/** The configuration cannot be used; the message says where, what was found and what was expected. */
public final class InvalidConfig extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String source;

    /**
     * @param source the file, or what of the index it is
     * @param place the same with the line
     */
    InvalidConfig(String source, String place, String sentence) {
        super(place + ": " + sentence);
        this.source = source;
    }

    /** The file, or what of the index it is. */
    String source() {
        return source;
    }
}
