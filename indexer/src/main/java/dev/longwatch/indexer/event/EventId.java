// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of an event: derived from where it was first seen and never from what the model said, so that an event
 * seen again after a restore keeps its id even when the model answers differently (design decision 7).
 */
public final class EventId {

    private EventId() {}

    /**
     * @param stream the stream or video
     * @param rule the rule's name
     * @param clip ordinal, on the stream's clip grid, of the clip that opened the event
     * @param ordinal of the event among those which that clip opened for that rule
     * @return 32 hexadecimal digits
     */
    public static String of(String stream, String rule, long clip, int ordinal) {
        return digest(stream.length() + ":" + stream + rule.length() + ":" + rule + clip + ":" + ordinal);
    }

    /**
     * @param rule the name of a rule that is composed of others
     * @param last id of the event that completes it
     * @return 32 hexadecimal digits
     */
    public static String composed(String rule, String last) {
        return digest("composed " + rule.length() + ":" + rule + last);
    }

    /**
     * @param kind what is identified, to keep it apart from others
     * @param stream the stream or video
     * @param millis where it begins
     * @return 32 hexadecimal digits
     */
    public static String of(String kind, String stream, long millis) {
        return digest(kind + " " + stream.length() + ":" + stream + millis);
    }

    static String ofWording(String rule, String text) {
        return digest("wording " + rule.length() + ":" + rule + text);
    }

    private static String digest(String words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(words.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
