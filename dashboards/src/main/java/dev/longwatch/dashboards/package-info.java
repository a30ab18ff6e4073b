// SPDX-License-Identifier: Apache-2.0
/** Everything a person touches. Never sees Flink or PyTorch: those run as child processes. */
@NullMarked
package dev.longwatch.dashboards;

import org.jspecify.annotations.NullMarked;
