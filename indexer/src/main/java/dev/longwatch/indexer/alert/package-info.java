// SPDX-License-Identifier: Apache-2.0
/**
 * What people want to know and how they are told, as plain values: rules with their schedules, alerts, what people did
 * about them, channels and deliveries. Every other room may use them, and they use nothing but {@code java} and events.
 */
@NullMarked
package dev.longwatch.indexer.alert;

import org.jspecify.annotations.NullMarked;
