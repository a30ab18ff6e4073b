// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.model.VideoModel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model per process and address, shared by all tasks of a TaskManager (design decision 5): opened by the first that
 * asks, closed by the last that leaves.
 */
final class SharedModels {

    private static final Logger LOG = LoggerFactory.getLogger(SharedModels.class);
    private static final Map<ModelAddress, Shared> OPEN = new HashMap<>();

    private SharedModels() {}

    /** The model at {@code address}; every call is answered by one {@link #release}. */
    static synchronized VideoModel acquire(ModelAddress address) {
        Shared shared = OPEN.get(address);
        if (shared == null) {
            shared = new Shared(address.open());
            LOG.info("{} runs on {}", shared.model.fingerprint(), shared.model.device());
            OPEN.put(address, shared);
        }
        shared.users++;
        return shared.model;
    }

    /** How many of those who acquired the model at {@code address} wait for it or are being answered; they count themselves. */
    static synchronized AtomicInteger asking(ModelAddress address) {
        Shared shared = OPEN.get(address);
        if (shared == null) {
            throw new IllegalStateException("model " + address + " was not acquired");
        }
        return shared.asking;
    }

    static synchronized void release(ModelAddress address) {
        Shared shared = OPEN.get(address);
        if (shared == null) {
            throw new IllegalStateException("model " + address + " is released more often than acquired");
        }
        if (--shared.users == 0) {
            OPEN.remove(address);
            shared.model.close();
        }
    }

    private static final class Shared {
        final VideoModel model;
        final AtomicInteger asking = new AtomicInteger();
        int users;

        Shared(VideoModel model) {
            this.model = model;
        }
    }
}
