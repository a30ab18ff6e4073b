// SPDX-License-Identifier: Apache-2.0
/** Alerts and what people do about them. */
@NullMarked
package dev.longwatch.dashboards.api.alerts;

import org.jspecify.annotations.NullMarked;
