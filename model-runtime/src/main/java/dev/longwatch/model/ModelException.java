// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

/** The model cannot be used: the message names the file, tensor or value, what was found and what was expected. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
