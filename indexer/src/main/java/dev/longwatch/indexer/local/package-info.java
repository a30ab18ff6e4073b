// SPDX-License-Identifier: Apache-2.0
/**
 * The real Elasticsearch server on one machine: unpacked from the distribution that the build fetched, run unmodified as
 * a process of its own, and shared by every Longwatch process that uses the same data directory.
 *
 * <p>Who is who: a client takes a {@link dev.longwatch.indexer.local.Lease}; the first one starts a detached
 * {@link dev.longwatch.indexer.local.Keeper}; the keeper starts the server and stops it when nobody has held a lease for
 * a while. They agree by operating-system file locks alone, which a killed process gives back by itself. What leaves is
 * an address; what is asked there belongs to {@code client}.
 */
@NullMarked
package dev.longwatch.indexer.local;

import org.jspecify.annotations.NullMarked;
