// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Replaces what stands in square brackets of a text that arrives in pieces. Everything else is handed on at once; an opening
 * bracket holds the text back until it is closed, or is seen to be none of ours: too long, or over the end of the line.
 */
public final class Brackets {

    private static final int LONGEST = 64;

    private final UnaryOperator<String> replacement;
    private final Consumer<String> out;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder text = new StringBuilder();

    /**
     * @param replacement from what stands between the brackets to what takes the place of it and of them
     * @param out told the text, piece by piece, none of them empty
     */
    public Brackets(UnaryOperator<String> replacement, Consumer<String> out) {
        this.replacement = replacement;
        this.out = out;
    }

    public void add(String piece) {
        StringBuilder ready = new StringBuilder();
        for (char sign : piece.toCharArray()) {
            if (held.length() == 0 && sign != '[') {
                ready.append(sign);
            } else {
                hold(sign, ready);
            }
        }
        tell(ready.toString());
    }

    private void hold(char sign, StringBuilder ready) {
        if (sign == '[') {
            release(ready);
        }
        held.append(sign);
        if (sign == ']') {
            ready.append(replacement.apply(held.substring(1, held.length() - 1)));
            held.setLength(0);
        } else if (sign == '\n' || held.length() > LONGEST) {
            release(ready);
        }
    }

    private void release(StringBuilder ready) {
        ready.append(held);
        held.setLength(0);
    }

    /** Nothing follows. */
    public void end() {
        StringBuilder rest = new StringBuilder();
        release(rest);
        tell(rest.toString());
    }

    /** What was handed on so far. */
    public String text() {
        return text.toString();
    }

    private void tell(String ready) {
        if (!ready.isEmpty()) {
            text.append(ready);
            out.accept(ready);
        }
    }
}
