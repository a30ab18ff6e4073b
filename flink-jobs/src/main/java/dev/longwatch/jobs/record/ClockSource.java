// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** How the wall clock of pictures is known. */
public enum ClockSource {
    /** from when they arrived here: late by the delay of network and encoder */
    ARRIVAL,
    /** from the sender's reports: when they were taken, by the camera's clock */
    SENDER
}
