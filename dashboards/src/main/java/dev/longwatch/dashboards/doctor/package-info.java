// SPDX-License-Identifier: Apache-2.0
/** Whether a machine has what Longwatch needs, looked at one thing after the other. */
@NullMarked
package dev.longwatch.dashboards.doctor;

import org.jspecify.annotations.NullMarked;
