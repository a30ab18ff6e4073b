// SPDX-License-Identifier: Apache-2.0
/** The ledger: what became of every second of a stream, as its recorder and the watching job tell it, each what it knows. */
@NullMarked
package dev.longwatch.jobs.cover;

import org.jspecify.annotations.NullMarked;
