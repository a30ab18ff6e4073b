// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import dev.longwatch.indexer.alert.Snooze;
import java.io.Serializable;
import java.util.Optional;

/** Knows of what people do not want to hear for a while. */
public interface Snoozes extends AutoCloseable {

    /** @param nowMillis milliseconds since 1970 UTC */
    Optional<Snooze> covering(String stream, String rule, long nowMillis);

    @Override
    void close();

    /** Opens one on the machine where alerts are raised. */
    interface Opener extends Serializable {

        /** Nobody snoozes anything. */
        Opener NONE = () -> new Snoozes() {
            @Override
            public Optional<Snooze> covering(String stream, String rule, long nowMillis) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };

        Snoozes open();
    }
}
