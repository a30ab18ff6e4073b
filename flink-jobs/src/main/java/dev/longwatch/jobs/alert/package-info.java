// SPDX-License-Identifier: Apache-2.0
/**
 * Events that concern somebody become alerts: one per event, under its id. Cooldown, schedule and snoozes decide whether an
 * alert is delivered, and why it was not is kept with it. Nothing leaves before the checkpoint that holds it is complete:
 * what people were told is never taken back by a replay on which the model answers differently. The telling itself is done
 * by {@code deliver}.
 */
@NullMarked
package dev.longwatch.jobs.alert;

import org.jspecify.annotations.NullMarked;
