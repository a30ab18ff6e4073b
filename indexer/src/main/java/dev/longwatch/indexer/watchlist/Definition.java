// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.watchlist;

/**
 * A stream or a rule as somebody described it, to be kept. Holds no secret: of an address only what may be shown.
 *
 * @param name unique among the streams or among the rules
 * @param json an object with the keys that {@code longwatch.yaml} has for it; what it leaves out takes the value that
 *     holds for all
 * @param revision which state of it this is; empty when it is not kept yet
 */
public record Definition(String name, String json, String revision) {

    /** Elasticsearch takes ids of 512 bytes; a letter may be four. */
    private static final int LONGEST_NAME = 120;

    public Definition {
        boolean plain = name.chars().noneMatch(Character::isISOControl);
        if (name.isBlank() || !name.equals(name.strip()) || name.length() > LONGEST_NAME || !plain) {
            throw new IllegalArgumentException("expected a name of up to " + LONGEST_NAME
                    + " letters without spaces around it, found '" + name + "'");
        }
    }

    /** One that is not kept yet. */
    public static Definition of(String name, String json) {
        return new Definition(name, json, "");
    }

    /** What shall stand in its place. */
    public Definition as(String otherJson) {
        return new Definition(name, otherJson, revision);
    }
}
