// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

/**
 * Where the REST API answers.
 *
 * @param bind an address of this machine
 * @param port 0 for any that is free
 */
public record ApiAddress(String bind, int port) {

    /** What only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    public static final int PORT = 8420;

    public static final ApiAddress STANDARD = new ApiAddress(LOOPBACK, PORT);
}
