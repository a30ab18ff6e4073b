// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

/** A stream or rule is not kept or removed as asked; the message is a sentence without secrets. */
public final class DefinitionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It could not be used as it is. */
        INVALID,
        /** The file defines it, where alone it is changed. */
        IN_FILE,
        /** One of that name is kept already. */
        THERE_ALREADY,
        /** None of that name is kept. */
        NOT_THERE
    }

    private final Reason reason;

    DefinitionRefused(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
