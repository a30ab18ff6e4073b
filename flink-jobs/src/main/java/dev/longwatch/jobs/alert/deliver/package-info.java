// SPDX-License-Identifier: Apache-2.0
/**
 * Tells people: signed webhooks, chats, mail, MQTT. The stream never waits for a receiver. A message that does not get
 * through is tried again, ever more rarely; one that is refused for good or was tried too often is kept with the reason.
 * Messages on their way are in the checkpoint. Each is delivered at least once and carries a key by which a receiver can
 * tell a repetition. What a receiver sees is described in {@code docs/alerts.md}.
 */
@NullMarked
package dev.longwatch.jobs.alert.deliver;

import org.jspecify.annotations.NullMarked;
