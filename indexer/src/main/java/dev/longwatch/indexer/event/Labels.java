// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The free words by which people put rules and streams together, and by which they find their events. */
public final class Labels {

    /** Of one rule or one stream. */
    public static final int MOST = 10;

    public static final int LONGEST = 40;

    /** What {@link #isLabel} wants, for complaints. */
    public static final String EXPECTED = "a label of up to " + LONGEST
            + " letters, digits, hyphens and underscores that begins with one of the first two";

    /** Without blanks, commas and colons: people type labels into search bars and addresses. */
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_-]{0," + (LONGEST - 1) + "}");

    private Labels() {}

    public static boolean isLabel(String word) {
        return LABEL.matcher(word).matches();
    }

    /** What was written before there were labels, such as a checkpoint, has none. */
    public static List<String> orNone(@Nullable List<String> labels) {
        return labels == null ? List.of() : List.copyOf(labels);
    }

    /** Each once, in their order. */
    public static List<String> together(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
