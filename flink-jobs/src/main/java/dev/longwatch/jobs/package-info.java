// SPDX-License-Identifier: Apache-2.0
/** The jobs: each is one fluent paragraph over the rooms below. */
@NullMarked
package dev.longwatch.jobs;

import org.jspecify.annotations.NullMarked;
