// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import org.jspecify.annotations.Nullable;

/** The local server cannot be had; the message is one sentence for the person who asked for it. */
public final class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is in the way, so that a caller can choose an exit code or a piece of advice. */
    public enum Reason {
        /** The data directory cannot be created, written or entered, or belongs to a newer server. */
        DATA_DIRECTORY,
        /** Too little room to unpack or to run. */
        DISK_FULL,
        /** The distribution is missing or damaged. */
        ARCHIVE,
        /** This Java cannot run the server. */
        JAVA,
        /** Too little memory for the server's heap. */
        MEMORY,
        /** No port could be bound. */
        PORT,
        /** Running as root and no way to step down from it. */
        ROOT,
        /** Another server holds the data. */
        IN_USE,
        /** The server ended while starting; the message quotes its log. */
        DID_NOT_START,
        /** The server neither answered nor ended in time. */
        TIMED_OUT,
        /** The calling thread was interrupted while waiting. */
        INTERRUPTED
    }

    private final Reason reason;

    public ServerException(Reason reason, String message) {
        this(reason, message, null);
    }

    public ServerException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
