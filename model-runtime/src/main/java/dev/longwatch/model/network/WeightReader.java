// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.longwatch.model.weights.TensorEntry;
import java.util.List;
import java.util.Map;

/** Brings tensors from their files to where the network runs. Never holds a whole file in memory. */
final class WeightReader implements AutoCloseable {

    private final TorchScript script = TorchScript.compile("weights.torch", "Weights", Map.of());
    private final Placement placement;

    WeightReader(Placement placement) {
        this.placement = placement;
    }

    NDManager scope() {
        return script.scope();
    }

    NDArray read(NDManager owner, TensorEntry entry) {
        return script.tensor(
                owner,
                "read",
                entry.file().toString(),
                code(entry.type()),
                entry.type().bytes(),
                entry.start(),
                entry.shape().stream().mapToLong(Long::longValue).toArray(),
                placement.device(),
                placement.dtype());
    }

    NDList read(NDManager owner, List<TensorEntry> entries) {
        NDList tensors = new NDList(entries.size());
        for (TensorEntry entry : entries) {
            tensors.add(read(owner, entry));
        }
        return tensors;
    }

    private static int code(TensorEntry.Type type) {
        return switch (type) {
            case F32 -> TorchScript.FLOAT32;
            case F16 -> TorchScript.FLOAT16;
            case BF16 -> TorchScript.BFLOAT16;
        };
    }

    @Override
    public void close() {
        script.close();
    }
}
