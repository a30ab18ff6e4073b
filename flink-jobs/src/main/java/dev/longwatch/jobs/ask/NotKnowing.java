// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * A text under way that may turn out to say that its writer does not know: until that is certain its first words are held
 * back, and if so they are never handed on.
 */
final class NotKnowing {

    private static final String[] WAYS = {"i do not know", "i don't know", "i don\u2019t know"};

    private final Consumer<String> out;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private boolean knows;

    NotKnowing(Consumer<String> out) {
        this.out = out;
    }

    void add(String piece) {
        if (knows) {
            tell(piece);
            return;
        }
        held.append(piece);
        if (!mayNotKnow()) {
            knows = true;
            tell(held.toString().stripLeading());
        }
    }

    /** Whether what is held begins a way to say so, or goes on from one. */
    private boolean mayNotKnow() {
        String begun = held.toString().stripLeading().toLowerCase(Locale.ROOT);
        for (String way : WAYS) {
            if (way.startsWith(begun) || begun.startsWith(way)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing follows: a few letters that only began like it are handed on. */
    void end() {
        String begun = held.toString().strip();
        for (String way : WAYS) {
            if (knows || begun.toLowerCase(Locale.ROOT).startsWith(way)) {
                return;
            }
        }
        tell(begun);
    }

    /** What was handed on; empty when the writer does not know. */
    String text() {
        return text.toString().strip();
    }

    private void tell(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            out.accept(piece);
        }
    }
}
