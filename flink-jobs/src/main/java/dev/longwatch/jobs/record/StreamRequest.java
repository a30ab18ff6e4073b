// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.Serializable;

/**
 * A stream to record.
 *
 * @param stream its name
 * @param url its address, see {@link StreamAddress#of}; may hold a password
 */
public record StreamRequest(String stream, String url) implements Serializable {

    public StreamRequest {
        if (stream.isEmpty()) {
            throw new IllegalArgumentException("a stream needs a name");
        }
    }

    /** Never shows the address. */
    @Override
    public String toString() {
        return stream;
    }
}
