// SPDX-License-Identifier: Apache-2.0
/**
 * What there is to see of an alert: a thumbnail and a clip, made beside the stream when the alert is settled, kept under
 * names that follow from the alert's id. A failure here is said where the evidence would be, and is none of the job.
 */
@NullMarked
package dev.longwatch.jobs.evidence;

import org.jspecify.annotations.NullMarked;
