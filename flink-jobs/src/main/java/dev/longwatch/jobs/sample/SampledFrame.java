// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

/**
 * A picture chosen to be looked at, at the model's size. Carried by Flink, never compared.
 *
 * @param ptsMicros when it is on screen, microseconds after the video's first picture
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code height * width * 3} bytes, row by row, red first
 */
public record SampledFrame(long ptsMicros, int width, int height, byte[] rgb) {}
