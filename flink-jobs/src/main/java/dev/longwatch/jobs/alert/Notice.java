// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import dev.longwatch.indexer.alert.Alert;

/**
 * An occasion to tell people of an alert: there is one when it is first delivered, and one when an alert that they were told
 * of while it was open has ended.
 *
 * @param alert as it stands now
 * @param closing whether it is the second
 */
public record Notice(Alert alert, boolean closing) {}
