// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Qwen-VL models write them (spec section 6): {@code 3.2}, {@code 3.2s}, {@code mm:ss.ff}, {@code hh:mm:ss.ff}. */
final class TimeText {

    private static final String UNIT = "(?:\\s*+(?:seconds|second|secs|sec|s)\\b)";

    /** Not the middle of a longer number. */
    private static final String BEGIN = "(?<![\\w.:])";

    private static final String END = "(?!:?\\d)";
    private static final String CLOCK = BEGIN + "\\d++:(?:\\d{2}:)?\\d{2}(?:\\.\\d++)?" + END;
    private static final String NUMBER = BEGIN + "\\d++(?:\\.\\d++)?" + END;

    /** A time with or without its unit, in one group. */
    static final String TIME = "((?:" + CLOCK + "|" + NUMBER + ")" + UNIT + "?+)";

    /** A time that cannot be taken for another number: on a clock, or with its unit, and not a broken piece of JSON. */
    static final String CERTAIN_TIME = "(?<![\"'])(" + CLOCK + "|" + NUMBER + UNIT + ")";

    private static final Pattern WHOLE = Pattern.compile(TIME, Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGITS = Pattern.compile("[\\d:.]++");

    private TimeText() {}

    /** The seconds that a text of nothing but a time means, or NaN. Minutes may exceed 59 when no hours are given. */
    static double seconds(String text) {
        String stripped = text.strip();
        if (!WHOLE.matcher(stripped).matches()) {
            return Double.NaN;
        }
        Matcher number = DIGITS.matcher(stripped);
        return number.lookingAt() ? clock(number.group().split(":")) : Double.NaN;
    }

    private static double clock(String[] parts) {
        double seconds = 0;
        for (int part = 0; part < parts.length; part++) {
            double value = Double.parseDouble(parts[part]);
            if (part > 0 && value >= 60) {
                return Double.NaN;
            }
            seconds = seconds * 60 + value;
        }
        return seconds;
    }
}
