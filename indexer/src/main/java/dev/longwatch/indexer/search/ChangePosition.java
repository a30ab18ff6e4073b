// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a reader has read: of each index the number of the last write it was told of. Elasticsearch numbers the writes of
 * an index itself, so this needs no clock and outlives every process.
 *
 * @param read by the index's name without the installation's prefix; an index that is not there was not read at all
 */
public record ChangePosition(SortedMap<String, Long> read) {

    /** Nothing was read. */
    public static final ChangePosition START = new ChangePosition(new TreeMap<>());

    private static final Pattern PART = Pattern.compile("([a-z]+-[0-9.-]{7,12}):([0-9]{1,18})");
    private static final int LONGEST = 8_000;

    public ChangePosition {
        read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
    }

    /** @throws IndexException when {@code word} is none that {@link #toString} has given out */
    public static ChangePosition parse(String word) {
        SortedMap<String, Long> read = new TreeMap<>();
        if (word.equals("0")) {
            return START;
        }
        if (word.length() <= LONGEST) {
            for (String part : word.split(",", -1)) {
                Matcher matcher = PART.matcher(part);
                if (!matcher.matches()) {
                    throw unknown();
                }
                read.put(matcher.group(1), Long.parseLong(matcher.group(2)));
            }
            return new ChangePosition(read);
        }
        throw unknown();
    }

    /** As a word without spaces, for {@link #parse}. */
    @Override
    public String toString() {
        if (read.isEmpty()) {
            return "0";
        }
        return read.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** The number of the last write that was read; -1 when none was. */
    long of(String index) {
        return read.getOrDefault(index, -1L);
    }

    ChangePosition with(String index, long number) {
        SortedMap<String, Long> further = new TreeMap<>(read);
        further.put(index, number);
        return new ChangePosition(further);
    }

    /** Without what {@code end} does not have: indices that retention has dropped since. */
    ChangePosition within(ChangePosition end) {
        Map<String, Long> kept = new TreeMap<>(read);
        kept.keySet().retainAll(end.read.keySet());
        return new ChangePosition(new TreeMap<>(kept));
    }

    private static IndexException unknown() {
        return new IndexException(Reason.BAD_REQUEST, "expected an id as the stream of events has given it");
    }
}
