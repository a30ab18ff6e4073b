// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longwatch.model.weights.TensorEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From tokens to scores of the next one: decoder.torch with its weights. */
final class Decoder implements AutoCloseable {

    private final TorchScript script;

    private Decoder(QwenVlConfig.Text config, Placement placement) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("heads", config.heads());
        attributes.put("kv_heads", config.kvHeads());
        attributes.put("eps", config.rmsNormEps());
        attributes.put("theta", config.ropeTheta());
        attributes.put("dtype", placement.dtype());
        attributes.put("device", placement.device());
        attributes.put("axes", config.axes());
        attributes.put("ends", List.of());
        attributes.put("layers", List.of());
        script = TorchScript.compile("decoder.torch", "Decoder", attributes);
    }

    static Decoder load(QwenVlConfig.Text config, QwenVlWeights weights, WeightReader reader, Placement placement) {
        Decoder decoder = new Decoder(config, placement);
        try (NDManager scope = reader.scope()) {
            NDArray embedding = reader.read(scope, weights.embedding());
            NDArray norm = reader.read(scope, weights.norm());
            NDArray output = config.tied() ? embedding : reader.read(scope, weights.output());
            decoder.script.run("set_ends", embedding, norm, output);
        }
        for (List<TensorEntry> layer : weights.layers()) {
            // one at a time: the script joins matrices, and the parts need not outlive that
            try (NDManager scope = reader.scope()) {
                decoder.script.run("add_layer", reader.read(scope, layer));
            }
        }
        return decoder;
    }

    /**
     * @param ids a prompt's beginning, pads expanded
     * @param positions of each token, {@code [3][ids]}, and of the one that follows
     * @param places of the pads in {@code ids}
     * @param features as many tokens together as there are pads, in their order
     */
    SharedPrefix prefix(int[] ids, PositionIds positions, int[] places, List<VisualFeatures> features) {
        try (NDManager scope = script.scope()) {
            NDList tensors = new NDList();
            features.forEach(feature -> tensors.add(feature.tensor()));
            NDArray keysAndValues = script.tensor(
                    scope,
                    "prefix",
                    scope.create(longs(ids), new Shape(1, ids.length)),
                    scope.create(longs(positions.ids()), new Shape(3, 1, ids.length)),
                    scope.create(longs(places)),
                    tensors);
            keysAndValues.detach();
            return new SharedPrefix(keysAndValues, positions.next());
        }
    }

    /**
     * @param ids a prompt's beginning without pads
     * @param positions of each token, {@code [3][ids]}, and of the one that follows
     */
    SharedPrefix prefix(int[] ids, PositionIds positions) {
        try (NDManager scope = script.scope()) {
            NDArray keysAndValues = script.tensor(
                    scope,
                    "words",
                    scope.create(longs(ids), new Shape(1, ids.length)),
                    scope.create(longs(positions.ids()), new Shape(3, 1, ids.length)));
            keysAndValues.detach();
            return new SharedPrefix(keysAndValues, positions.next());
        }
    }

    static long[] longs(int[]... rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    }

    TorchScript script() {
        return script;
    }

    @Override
    public void close() {
        script.close();
    }
}
