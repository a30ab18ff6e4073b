// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;

/** Visual tokens as the decoder takes them: {@code (tokens, hidden_size)}. Held outside the Java heap until closed. */
public final class VisualFeatures implements AutoCloseable {

    private final NDArray tensor;
    private final int tokens;
    private final long bytes;

    VisualFeatures(NDArray tensor, int bytesPerNumber) {
        this.tensor = tensor;
        this.tokens = Math.toIntExact(tensor.getShape().get(0));
        this.bytes = tensor.getShape().size() * bytesPerNumber;
    }

    NDArray tensor() {
        return tensor;
    }

    public int tokens() {
        return tokens;
    }

    /** The memory it takes. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        tensor.close();
    }
}
