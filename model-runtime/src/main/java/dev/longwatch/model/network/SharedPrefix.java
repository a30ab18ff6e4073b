// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values of a prompt's beginning, computed once and read by every question that follows it. Held outside the
 * Java heap until closed.
 */
public final class SharedPrefix implements AutoCloseable {

    private final NDArray keysAndValues; // (layers, 2, kv heads, tokens, head_dim)
    private final int nextPosition;

    SharedPrefix(NDArray keysAndValues, int nextPosition) {
        this.keysAndValues = keysAndValues;
        this.nextPosition = nextPosition;
    }

    NDArray keysAndValues() {
        return keysAndValues;
    }

    /** The position of the first token after it, on all axes. */
    int nextPosition() {
        return nextPosition;
    }

    @Override
    public void close() {
        keysAndValues.close();
    }
}
