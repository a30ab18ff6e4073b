// SPDX-License-Identifier: Apache-2.0
/**
 * What stays and what goes: pins and cases, deletion with its receipts, retention. Pictures are kept by others, who are told
 * through {@code Pictures}.
 */
@NullMarked
package dev.longwatch.indexer.keep;

import org.jspecify.annotations.NullMarked;
