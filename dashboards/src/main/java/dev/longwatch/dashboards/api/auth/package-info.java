// SPDX-License-Identifier: Apache-2.0
/** Who may come in: the token, sessions of the page, how often. */
@NullMarked
package dev.longwatch.dashboards.api.auth;

import org.jspecify.annotations.NullMarked;
