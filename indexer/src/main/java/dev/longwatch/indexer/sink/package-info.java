// SPDX-License-Identifier: Apache-2.0
/**
 * The end of the watch job: events, alerts, their evidence and deliveries into Elasticsearch, each there once. The only room here that knows Flink.
 *
 * <p>The promise is at-least-once delivery of idempotent writes: the id and the index are functions of the value, and an
 * external version keeps a late writer from overwriting a newer state. Whatever the server cannot take <em>now</em>
 * (overload, a full disk, no server at all) is tried again for ever, with pauses that grow; whatever it will
 * <em>never</em> take is put aside with its cause and counted. Neither fails the job. Documents wait at most 250 ms for
 * company and are found by a search within half a second after that (the indices' refresh interval).
 *
 * <p>While a server is away the buffer fills, then the job waits. A checkpoint during that time holds the buffer, and
 * may itself wait when more than one batch is buffered.
 */
@NullMarked
package dev.longwatch.indexer.sink;

import org.jspecify.annotations.NullMarked;
