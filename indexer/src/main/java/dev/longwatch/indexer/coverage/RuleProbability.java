// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.coverage;

import java.io.Serializable;

/**
 * How likely the model held it that something occurs anywhere in a stretch.
 *
 * @param rule the name of the rule that asked
 * @param probability 0 to 1
 */
public record RuleProbability(String rule, double probability) implements Serializable {

    private static final long serialVersionUID = 1L;
}
