// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import org.jspecify.annotations.Nullable;

/** Elasticsearch cannot do what is asked; the message is one sentence that names the server and holds no secret. */
public final class IndexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is in the way, so that a caller can choose an exit code or an HTTP status. */
    public enum Reason {
        /** Nobody answers there, or not in time. */
        UNREACHABLE,
        /** Wrong or missing credentials, or too few rights. */
        UNAUTHORISED,
        /** Somebody answers who is no Elasticsearch that this client can speak to. */
        NOT_ELASTICSEARCH,
        /** The indices were laid out by a newer Longwatch. */
        NEWER_SCHEMA,
        /** The indices were laid out by an older Longwatch and have to be migrated first. */
        OLDER_SCHEMA,
        /** The request itself makes no sense. */
        BAD_REQUEST,
        /** What is to be replaced or removed is not what it was any more. */
        CHANGED_MEANWHILE,
        /** The server answered with an error of its own. */
        FAILED
    }

    private final Reason reason;

    public IndexException(Reason reason, String message) {
        this(reason, message, null);
    }

    public IndexException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
