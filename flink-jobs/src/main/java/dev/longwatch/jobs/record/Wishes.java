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
 * What people want of a recording while it goes on: which stretches stay whatever their age, and which are to be forgotten.
 * They stand in the stream's folder, in {@code pins.json} and in a file named after each stretch that is forgotten, so that
 * nobody who asks has to reach the recorder: it looks before it deletes.
 */
final class Wishes {

    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

    private static final String PINS = "pins.json";
    private static final String FORGET = "forget";
    private static final Pattern ORDER = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})(-all)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StreamFolder folder;
    private String pinsText = "";
    private List<String> orderNames = List.of();
    private List<Span> pins = List.of();
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
        if (text.equals(pinsText) && names.equals(orderNames)) {
            return false;
        }
        pins = parsed(text, pins);
        orders = orders(names);
        pinsText = text;
        orderNames = names;
        return true;
    }

    boolean isPinned(IndexEntry entry) {
        return pins.stream().anyMatch(pin -> pin.touches(entry));
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

    /** Says what stays; the pins of before are no more. */
    static void pin(StreamFolder folder, List<Span> pins) throws IOException {
        if (!pins.equals(parsed(text(folder), List.of()))) {
            folder.publish(new ByteArrayInputStream(JSON.writeValueAsBytes(pins)), PINS);
        }
    }

    /** Says what goes, also of what is recorded just now. */
    static void forget(StreamFolder folder, Span span, boolean evenPinned) throws IOException {
        String name = span.fromMillis() + "-" + span.toMillis() + (evenPinned ? "-all" : "");
        folder.publish(new ByteArrayInputStream("{}\n".getBytes(UTF_8)), FORGET + "/" + name);
    }

    private static String text(StreamFolder folder) throws IOException {
        if (!folder.exists(PINS)) {
            return "";
        }
        try (InputStream in = folder.read(PINS, 0)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    /** What cannot be understood changes nothing: better too much is kept than too little. */
    private static List<Span> parsed(String text, List<Span> otherwise) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(JSON.readValue(text, Span[].class));
        } catch (JsonProcessingException e) {
            LOG.warn("{} of a recording cannot be understood and changes nothing: {}", PINS, e.getOriginalMessage());
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
