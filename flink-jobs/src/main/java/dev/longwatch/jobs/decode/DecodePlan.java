// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each packet, before it is decoded, how much of it is needed. It looks ahead as far as the next wanted
 * picture or the next key picture, whichever comes first, and holds at most {@value #CAPACITY} packets.
 *
 * <p>A packet that is not wanted is decoded only as far as others refer to it; and when nothing up to the next key picture
 * is wanted, it is dropped. Pictures of an open group, shown before the key picture they follow, refer to both groups: if
 * one of them is wanted, the group before stays.
 *
 * @param <P> the packet
 */
final class DecodePlan<P> {

    /** What is done with a packet. */
    enum Fate {
        /** decoded, and shown */
        WANTED,
        /** decoded; whether its picture is wanted is asked when its time is known */
        UNSURE,
        /** decoded if other pictures may refer to it */
        REFERENCE,
        /** not decoded, and nothing else before the next key picture */
        DROP
    }

    /** @param pts tick at which the packet is shown, or {@link TimeBase#NONE} */
    record Step<P>(P packet, long pts, Fate fate) {}

    static final int CAPACITY = 600;

    private final PictureChoice choice;
    private final TimeBase time;
    private final ArrayDeque<Entry<P>> queue = new ArrayDeque<>();
    /** by tick: shown one day, not asked for yet */
    private final TreeMap<Long, Entry<P>> undecided = new TreeMap<>();
    /** packets still to come are shown at or after this tick */
    private long horizon = TimeBase.NONE;

    private long askedUpTo = TimeBase.NONE;
    private boolean ended;

    DecodePlan(PictureChoice choice, TimeBase time) {
        this.choice = choice;
        this.time = time;
    }

    /**
     * The next packet in decoding order.
     *
     * @param pts tick at which it is shown, or {@link TimeBase#NONE}
     * @param dts tick at which it is decoded, or {@link TimeBase#NONE}
     * @param shown whether its picture belongs to the video; an edit list may say no
     */
    void add(P packet, long pts, long dts, boolean key, boolean shown) {
        Entry<P> entry = new Entry<>(packet, pts, key);
        queue.add(entry);
        if (pts != TimeBase.NONE) {
            if (!shown || pts < time.start() || pts <= askedUpTo || undecided.containsKey(pts)) {
                entry.state = State.UNWANTED;
            } else {
                undecided.put(pts, entry);
            }
        }
        if (dts != TimeBase.NONE && dts > horizon) {
            horizon = dts;
            decide(horizon);
        }
    }

    /** No packet follows. */
    void end() {
        ended = true;
        decide(Long.MAX_VALUE);
    }

    /** The next packet and what to do with it; null when more must be added first, or none are left. */
    @Nullable
    Step<P> poll() {
        Entry<P> head = queue.peek();
        if (head == null) {
            return null;
        }
        boolean lookFurther = !ended && queue.size() < CAPACITY;
        Fate fate = fate(head, lookFurther);
        if (fate == null) {
            return null;
        }
        if (fate == Fate.UNSURE) {
            undecided.remove(head.pts, head);
        }
        queue.remove();
        return new Step<>(head.packet, head.pts, fate);
    }

    /** Asks for a decoded picture whose packet was {@link Fate#UNSURE}. */
    boolean wants(long pts) {
        decide(pts - 1);
        if (pts < time.start() || pts <= askedUpTo) {
            return false;
        }
        askedUpTo = pts;
        return choice.wants(time.micros(pts));
    }

    /** The packets that were not polled; the plan is over. */
    List<P> clear() {
        List<P> rest = new ArrayList<>();
        queue.forEach(entry -> rest.add(entry.packet));
        queue.clear();
        undecided.clear();
        return rest;
    }

    private @Nullable Fate fate(Entry<P> head, boolean lookFurther) {
        if (head.state == State.UNWANTED) {
            return needOf(head, lookFurther);
        }
        if (head.state == State.WANTED) {
            return Fate.WANTED;
        }
        return head.pts != TimeBase.NONE && lookFurther ? null : Fate.UNSURE;
    }

    /** Whether anything wanted may refer to an unwanted packet; null when that cannot be seen yet. */
    private @Nullable Fate needOf(Entry<P> head, boolean lookFurther) {
        Entry<P> nextKey = null;
        for (Entry<P> entry : queue) {
            if (entry == head) {
                continue;
            }
            if (nextKey == null && entry.key) {
                nextKey = entry;
                if (nextKey.pts == TimeBase.NONE) {
                    return Fate.REFERENCE;
                }
            } else if (nextKey == null || entry.pts < nextKey.pts) {
                if (entry.state != State.UNWANTED && (entry.pts == TimeBase.NONE || entry.state == State.WANTED)) {
                    return Fate.REFERENCE;
                }
                if (entry.state == State.UNDECIDED) {
                    return lookFurther ? null : Fate.REFERENCE;
                }
            }
        }
        boolean seenAll = ended || (nextKey != null && horizon >= nextKey.pts);
        if (seenAll) {
            return Fate.DROP;
        }
        return lookFurther ? null : Fate.REFERENCE;
    }

    private void decide(long upTo) {
        while (!undecided.isEmpty() && undecided.firstKey() <= upTo) {
            Entry<P> entry = undecided.pollFirstEntry().getValue();
            askedUpTo = entry.pts;
            entry.state = choice.wants(time.micros(entry.pts)) ? State.WANTED : State.UNWANTED;
        }
    }

    private enum State {
        UNDECIDED,
        WANTED,
        UNWANTED
    }

    private static final class Entry<P> {

        final P packet;
        final long pts;
        final boolean key;
        State state = State.UNDECIDED;

        Entry(P packet, long pts, boolean key) {
            this.packet = packet;
            this.pts = pts;
            this.key = key;
        }
    }
}
