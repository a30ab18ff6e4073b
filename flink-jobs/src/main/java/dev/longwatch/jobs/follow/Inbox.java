// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import org.jspecify.annotations.Nullable;

/** Hands orders from the task's thread to the one that reads. */
public final class Inbox {

    private volatile @Nullable Orders newest;
    private volatile Runnable listener = () -> {};

    /** The last orders; null before the first. */
    public @Nullable Orders newest() {
        return newest;
    }

    /** @param listener called on the task's thread when there are new ones; in place of the one before */
    public void listen(Runnable listener) {
        this.listener = listener;
    }

    /** There are new ones. */
    public void put(Orders orders) {
        newest = orders;
        listener.run();
    }
}
