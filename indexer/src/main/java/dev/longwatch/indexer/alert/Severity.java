// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

/** How much an alert matters, from least to most. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
