// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/**
 * What a video says about itself.
 *
 * @param format the container, in FFmpeg's words
 * @param codec of the pictures, in FFmpeg's words
 * @param width of the pictures as shown: upright and with square pixels
 * @param height of the pictures as shown
 * @param framesPerSecond on average, 0 when unknown; never a measure of time
 * @param durationMicros from the first picture to the end of the last, 0 when unknown; a truncated file promises more
 *     than it holds
 * @param recordedAtMillis wall clock of the first picture, milliseconds since 1970 UTC: what the file says, else when
 *     the file was last written
 */
public record VideoProbe(
        String format,
        String codec,
        int width,
        int height,
        double framesPerSecond,
        long durationMicros,
        long recordedAtMillis) {}
