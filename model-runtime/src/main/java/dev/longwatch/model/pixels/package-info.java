// SPDX-License-Identifier: Apache-2.0
/**
 * From pictures to rows of patches: the size a picture is fitted to, which frames are looked at, the order of patches
 * and their normalised values (spec sections 2.2, 4). Plain numbers leave it; tensors are made by the network.
 */
@NullMarked
package dev.longwatch.model.pixels;

import org.jspecify.annotations.NullMarked;
