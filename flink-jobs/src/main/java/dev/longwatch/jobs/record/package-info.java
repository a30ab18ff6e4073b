// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a live stream into a growing recording: packets are copied, not decoded, into short files that each play on their
 * own, with an index that says which stretch of wall clock each covers and why nothing covers the rest. What a picture
 * shows is the business of whoever reads the recording; here a key picture now and then is decoded only to see that there
 * are pictures at all.
 */
@NullMarked
package dev.longwatch.jobs.record;

import org.jspecify.annotations.NullMarked;
