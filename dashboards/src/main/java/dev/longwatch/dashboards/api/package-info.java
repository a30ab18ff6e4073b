// SPDX-License-Identifier: Apache-2.0
/**
 * The REST API: {@code Dashboards} lists every route, each package beside it answers for one resource, {@code http} has what
 * they share, {@code auth} who may come in. What is kept and found is {@code indexer}'s business; how it is called and
 * refused is this one's. {@code docs/api.md} describes it, the {@code *.yaml} beside the resources say it to programs.
 */
@NullMarked
package dev.longwatch.dashboards.api;

import org.jspecify.annotations.NullMarked;
