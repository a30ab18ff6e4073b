// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has ended a stream and anybody may begin it again.
 *
 * @param stream its name
 */
record Released(String stream) implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
