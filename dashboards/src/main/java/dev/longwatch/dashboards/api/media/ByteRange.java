// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a {@code Range} header asks for (RFC 9110, section 14).
 *
 * @param first byte
 * @param last byte, inclusive; before {@code first} when the file has no such bytes
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d*)-(\\d*)\\s*");

    private static final ByteRange NONE = new ByteRange(0, -1);

    /**
     * Null when the whole file is the answer: for other units, for what cannot be read, and for several ranges at once,
     * which a server may answer so.
     *
     * @param size of the file in bytes
     */
    static @Nullable ByteRange of(String header, long size) {
        Matcher asked = SINGLE.matcher(header.strip().toLowerCase(Locale.ROOT));
        if (!asked.matches()) {
            return null;
        }
        String from = asked.group(1);
        String to = asked.group(2);
        if (from.isEmpty() && to.isEmpty()) {
            return null;
        }
        if (from.isEmpty()) {
            long length = number(to);
            return length == 0 || size == 0 ? NONE : new ByteRange(Math.max(0, size - length), size - 1);
        }
        long first = number(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (last < first) {
            return null;
        }
        return first >= size ? NONE : new ByteRange(first, Math.min(last, size - 1));
    }

    boolean satisfiable() {
        return last >= first;
    }

    long length() {
        return last - first + 1;
    }

    /** More than any file has, when there are too many digits. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=\\d)", "");
        return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}
