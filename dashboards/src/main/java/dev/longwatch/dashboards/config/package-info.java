// SPDX-License-Identifier: Apache-2.0
/**
 * {@code longwatch.yaml}: what is watched, what for and who is told. Read whole or refused with file, line, what was found,
 * what was expected and the nearest valid word. Secrets come from the environment and are never shown. What the keys mean is
 * described in {@code docs/configuration.md}; carrying it out is left to {@code local}.
 */
@NullMarked
package dev.longwatch.dashboards.config;

import org.jspecify.annotations.NullMarked;
