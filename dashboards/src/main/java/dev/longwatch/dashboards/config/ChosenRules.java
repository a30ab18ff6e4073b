// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.AlertRule;
import java.util.List;
import java.util.Set;

/**
 * What a stream says of rules.
 *
 * @param names the only ones that hold for it
 * @param overrides those that are different there
 */
record ChosenRules(Set<String> names, List<AlertRule> overrides) {}
