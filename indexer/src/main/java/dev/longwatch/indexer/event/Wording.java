// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

/**
 * What events say: the rule and the text. Many events have the same wording, and each is searched through once.
 *
 * @param rule an event's
 * @param text the same event's
 */
public record Wording(String rule, String text) {

    public static Wording of(VideoEvent event) {
        return new Wording(event.rule(), event.text());
    }

    /** 32 hexadecimal digits. */
    public String id() {
        return EventId.ofWording(rule, text);
    }
}
