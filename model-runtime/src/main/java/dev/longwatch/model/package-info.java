// SPDX-License-Identifier: Apache-2.0
/**
 * The door to the model: pictures with their instants and questions in, answers with seconds out. Knows no video file,
 * no Flink and no Elasticsearch, and lets no tensor out.
 */
@NullMarked
package dev.longwatch.model;

import org.jspecify.annotations.NullMarked;
