// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people want of a recording while it goes on: how long it is kept, which stretches stay whatever their age, and which
 * are to be forgotten. They stand in the stream's folder, in {@code keep.json} and in a file named after each stretch that
 * is forgotten, so that nobody who asks has to reach the recorder: it looks before it deletes.
 */
final class Wishes {

    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

    private static final String KEEP = "keep.json";
    private static final String FORGET = "forget";
    private static final Pattern ORDER = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})(-all)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StreamFolder folder;
    private String keepText = "";
    private List<String> orderNames = List.of();
    private Keep keep = Keep.NOTHING_SAID;
    private List<Order> orders = List.of();

    /**
     * A stretch of wall clock.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis exclusive
     */
    record Span(long fromMillis, long toMillis) {

        boolean touches(IndexEntry entry) {
            return entry.startMillis() < toMillis && entry.endMillis() > fromMillis;
        }
    }

    /**
     * @param keepMillis how long footage is kept; 0 when nobody said
     * @param pins what stays
     */
    record Keep(long keepMillis, List<Span> pins) {

        static final Keep NOTHING_SAID = new Keep(0, List.of());
    }

    /** @param evenPinned whether pins spare nothing of it */
    private record Order(Span span, boolean evenPinned) {

        private boolean holds(IndexEntry entry, boolean pinned) {
            return span.touches(entry) && (evenPinned || !pinned);
        }
    }

    Wishes(StreamFolder folder) {
        this.folder = folder;
    }

    /**
     * Looks what is wanted now.
     *
     * @return whether it is something else than before
     */
    boolean refresh() throws IOException {
        String text = text(folder);
        List<String> names = folder.list(FORGET);
        if (text.equals(keepText) && names.equals(orderNames)) {
            return false;
        }
        keep = parsed(text, keep);
        orders = orders(names);
        keepText = text;
        orderNames = names;
        return true;
    }

    /** How long footage is kept; 0 when nobody said. */
    long keepMillis() {
        return keep.keepMillis();
    }

    boolean isPinned(IndexEntry entry) {
        return keep.pins().stream().anyMatch(pin -> pin.touches(entry));
    }

    boolean isForgotten(IndexEntry entry) {
        boolean pinned = isPinned(entry);
        return orders.stream().anyMatch(order -> order.holds(entry, pinned));
    }

    /** Whether something that began and ended then may have to be forgotten. */
    boolean mayForget(long startMillis, long endMillis) {
        return orders.stream()
                .anyMatch(order -> startMillis < order.span().toMillis()
                        && endMillis > order.span().fromMillis());
    }

    /** Orders that nothing can come under any more, since it ended so long before. */
    void discard(long endedBeforeMillis) throws IOException {
        for (String name : orderNames) {
            Matcher order = ORDER.matcher(name);
            if (order.matches() && Long.parseLong(order.group(2)) < endedBeforeMillis) {
                folder.delete(FORGET + "/" + name);
            }
        }
    }

    /**
     * Says what stays.
     *
     * @param keepMillis 0 to leave that as it is
     */
    static void keep(StreamFolder folder, long keepMillis, List<Span> pins) throws IOException {
        Keep before = parsed(text(folder), Keep.NOTHING_SAID);
        Keep after = new Keep(keepMillis == 0 ? before.keepMillis() : keepMillis, pins);
        if (!after.equals(before)) {
            folder.publish(new ByteArrayInputStream(JSON.writeValueAsBytes(after)), KEEP);
        }
    }

    /** Says what goes, also of what is recorded just now. */
    static void forget(StreamFolder folder, Span span, boolean evenPinned) throws IOException {
        String name = span.fromMillis() + "-" + span.toMillis() + (evenPinned ? "-all" : "");
        folder.publish(new ByteArrayInputStream("{}\n".getBytes(UTF_8)), FORGET + "/" + name);
    }

    private static String text(StreamFolder folder) throws IOException {
        if (!folder.exists(KEEP)) {
            return "";
        }
        try (InputStream in = folder.read(KEEP, 0)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    /** What cannot be understood changes nothing: better too much is kept than too little. */
    private static Keep parsed(String text, Keep otherwise) {
        if (text.isEmpty()) {
            return Keep.NOTHING_SAID;
        }
        try {
            return JSON.readValue(text, Keep.class);
        } catch (JsonProcessingException e) {
            LOG.warn("{} of a recording cannot be understood and changes nothing: {}", KEEP, e.getOriginalMessage());
            return otherwise;
        }
    }

    private static List<Order> orders(List<String> names) {
        List<Order> orders = new ArrayList<>();
        for (String name : names) {
            Matcher order = ORDER.matcher(name);
            if (order.matches()) {
                orders.add(new Order(
                        new Span(Long.parseLong(order.group(1)), Long.parseLong(order.group(2))),
                        order.group(3) != null));
            }
        }
        return orders;
    }
}
