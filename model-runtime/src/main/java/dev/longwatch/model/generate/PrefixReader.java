// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/**
 * Reads a text that may stop anywhere and says whether what is there can still become what is expected.
 *
 * <p>Each call reads one part. Once the text has ended, or something else was found, further calls read nothing; so a
 * grammar is written as the sequence of its parts. Linear in the text.
 */
final class PrefixReader {

    /** What the text is, measured by all that was expected so far. */
    enum State {
        /** All of it is there. */
        WHOLE,
        /** The text ends before, and some continuation is all of it. */
        BEGUN,
        /** No continuation is. */
        WRONG
    }

    /** Enough for any clip, and safely within a long in every unit. */
    private static final int MOST_DIGITS = 12;

    private final String text;
    private int at;
    private State state = State.WHOLE;

    PrefixReader(String text) {
        this.text = text;
    }

    /** Whether all parts so far were there, so that a next one can be. */
    boolean going() {
        return state == State.WHOLE;
    }

    /** The outcome, when nothing may follow what was read. */
    State end() {
        return state == State.WHOLE && at < text.length() ? State.WRONG : state;
    }

    /** Whether the rest of the text begins with {@code sign}; false at its end. */
    boolean next(char sign) {
        return at < text.length() && text.charAt(at) == sign;
    }

    /** Whether the text ends here though parts are still expected; then it is begun. */
    boolean ended() {
        if (going() && at == text.length()) {
            state = State.BEGUN;
        }
        return state == State.BEGUN;
    }

    /** Reads exactly this. */
    void literal(String expected) {
        for (int i = 0; i < expected.length() && going() && !ended(); i++) {
            sign(expected.charAt(i));
        }
    }

    private void sign(char expected) {
        if (text.charAt(at) == expected) {
            at++;
        } else {
            state = State.WRONG;
        }
    }

    /**
     * Reads a time from {@code least} to {@code most}, in the field's units.
     *
     * @return the time, or {@code least} when none was read to its end
     */
    long time(TimeField field, long least, long most) {
        if (!going()) {
            return least;
        }
        long value = whole(field, least, most);
        long units = field.unitsInWhole();
        for (int place = 0; going() && place < field.places().length(); place++) {
            if (at == text.length()) {
                begun(value * units, value * units + units - 1, least, most);
                return least;
            }
            int values = field.values(place);
            if (values == 1) {
                sign(field.places().charAt(place));
            } else {
                int digit = digit();
                if (digit < 0 || digit >= values) {
                    state = State.WRONG;
                }
                at++;
                units /= values;
                value = value * values + digit;
            }
        }
        if (going() && (value < least || value > most)) {
            state = State.WRONG;
        }
        return going() ? value : least;
    }

    private long whole(TimeField field, long least, long most) {
        int start = at;
        long value = 0;
        while (at < text.length() && digit() >= 0 && at - start < MOST_DIGITS) {
            value = value * 10 + digit();
            at++;
        }
        int digits = at - start;
        boolean needlessZero = digits > field.leastDigits() && text.charAt(start) == '0';
        if (needlessZero || digits < field.leastDigits() && at < text.length()) {
            state = State.WRONG;
        } else if (at == text.length()) {
            boolean zeroInFront = digits > 0 && text.charAt(start) == '0';
            beginsWhole(field, value, digits, zeroInFront, least, most);
        }
        return value;
    }

    /** Decides what the first digits of a whole part can become: itself, or the same with more digits after it. */
    private void beginsWhole(TimeField field, long value, int digits, boolean zeroInFront, long least, long most) {
        state = State.WRONG;
        long units = field.unitsInWhole();
        int longest = zeroInFront ? field.leastDigits() : MOST_DIGITS;
        long power = 1;
        for (int length = digits; length <= longest && state == State.WRONG; length++) {
            boolean filled = length <= field.leastDigits();
            long first = digits > 0 || filled ? value * power : power / 10;
            if (length >= Math.max(1, field.leastDigits())) {
                begun(first * units, (value * power + power) * units - 1, least, most);
            }
            power *= 10;
        }
    }

    /** Begun when some time from {@code first} to {@code last} is wanted, wrong when none is. */
    private void begun(long first, long last, long least, long most) {
        state = Math.max(first, least) <= Math.min(last, most) ? State.BEGUN : State.WRONG;
    }

    /** The digit at the current place, which exists, or -1. */
    private int digit() {
        char sign = text.charAt(at);
        return sign >= '0' && sign <= '9' ? sign - '0' : -1;
    }

    /**
     * Reads the inside of a JSON string and its closing quote: at least one character and at most {@code most}, the
     * first no space, with {@code \"} and {@code \\} as the only escapes and each counted once, and without what JSON
     * does not allow: control characters below U+0020, broken surrogates; nor U+FFFD, the mark of broken text.
     */
    void quoted(int most) {
        for (int count = 0; going() && !ended(); count++) {
            char sign = text.charAt(at);
            if (sign == '"' && count > 0) {
                at++;
                return;
            }
            if (count == most || sign == '"' || count == 0 && sign == ' ') {
                state = State.WRONG;
            } else {
                character(sign);
            }
        }
    }

    private void character(char sign) {
        at++;
        if (sign == '\\') {
            if (!ended() && !next('"') && !next('\\')) {
                state = State.WRONG;
            }
            at++;
        } else if (Character.isHighSurrogate(sign)) {
            if (!ended() && !Character.isLowSurrogate(text.charAt(at))) {
                state = State.WRONG;
            }
            at++;
        } else if (sign < ' ' || Character.isLowSurrogate(sign) || sign == '\ufffd') {
            state = State.WRONG;
        }
    }
}
