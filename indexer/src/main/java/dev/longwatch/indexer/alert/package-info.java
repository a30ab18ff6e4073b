// SPDX-License-Identifier: Apache-2.0
/** What a person wants to know of, as plain values. Delivery of alerts is not here. */
@NullMarked
package dev.longwatch.indexer.alert;

import org.jspecify.annotations.NullMarked;
