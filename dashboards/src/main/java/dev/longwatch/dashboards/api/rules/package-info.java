// SPDX-License-Identifier: Apache-2.0
/** What streams are watched for. */
@NullMarked
package dev.longwatch.dashboards.api.rules;

import org.jspecify.annotations.NullMarked;
