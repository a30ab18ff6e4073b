// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

/** The configuration cannot be carried out; the message says which part, what was found and what was expected. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
