// SPDX-License-Identifier: Apache-2.0
/** Token ids after token ids, within a grammar. Knows no text beyond what a grammar allows, and no network family. */
@NullMarked
package dev.longwatch.model.generate;

import org.jspecify.annotations.NullMarked;
