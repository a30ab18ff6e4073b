// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;

/** A stream that cannot be recorded now. The message is a whole sentence for a person, without secrets. */
final class StreamException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Condition condition;

    StreamException(Condition condition, String sentence) {
        super(sentence);
        this.condition = condition;
    }

    Condition condition() {
        return condition;
    }

    /** The message. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
