// SPDX-License-Identifier: Apache-2.0
/** What all resources share: how input is read and refused, how failures are told, once and not twice. */
@NullMarked
package dev.longwatch.dashboards.api.http;

import org.jspecify.annotations.NullMarked;
