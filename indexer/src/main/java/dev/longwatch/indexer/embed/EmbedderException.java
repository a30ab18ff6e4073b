// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.embed;

/** The model of sentences cannot be run on this machine; the message says which and why. */
public final class EmbedderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbedderException(String message, Throwable cause) {
        super(message, cause);
    }
}
