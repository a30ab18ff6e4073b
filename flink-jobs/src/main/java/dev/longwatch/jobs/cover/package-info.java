// SPDX-License-Identifier: Apache-2.0
/** The ledger: what became of every second of a stream, as far as the watching job knows. */
@NullMarked
package dev.longwatch.jobs.cover;

import org.jspecify.annotations.NullMarked;
