// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.pixels.PatchOrder;
import dev.longwatch.model.weights.TensorEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** From pixels to visual tokens: vision.torch with its weights. Attention never crosses a temporal patch. */
final class VisionTower implements AutoCloseable {

    private final QwenVlConfig.Vision config;
    private final TorchScript script;

    private VisionTower(QwenVlConfig.Vision config, Placement placement) {
        this.config = config;
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("heads", config.heads());
        attributes.put("unit", config.unit());
        attributes.put("dtype", placement.dtype());
        attributes.put("device", placement.device());
        attributes.put(
                "windowed",
                IntStream.range(0, config.depth())
                        .mapToObj(block -> config.fullAttention().contains(block) ? 0 : 1)
                        .toList());
        attributes.put("embedding", List.of());
        attributes.put("blocks", List.of());
        attributes.put("merging", List.of());
        script = TorchScript.compile("vision.torch", "Vision", attributes);
    }

    static VisionTower load(
            QwenVlConfig.Vision config, QwenVlWeights weights, WeightReader reader, Placement placement) {
        VisionTower tower = new VisionTower(config, placement);
        try (NDManager scope = reader.scope()) {
            tower.script.run("set_embedding", reader.read(scope, List.of(weights.patchEmbedding())));
            tower.script.run("set_merger", reader.read(scope, weights.merger()));
        }
        for (List<TensorEntry> block : weights.blocks()) {
            // one at a time: the script joins matrices, and the parts need not outlive that
            try (NDManager scope = reader.scope()) {
                tower.script.run("add_block", reader.read(scope, block));
            }
        }
        return tower;
    }

    /**
     * @param pixels one row per patch, {@code (patches, channels · frames · y · x)}, in patch order
     * @param grids the images or the videos that the rows make up
     * @return {@code (tokens, out_hidden_size)} in patch order, belonging to {@code owner}
     */
    NDArray encode(NDManager owner, float[] pixels, List<PatchGrid> grids) {
        Arguments arguments = arguments(owner, pixels, grids);
        try {
            return script.tensor(
                    owner,
                    "encode",
                    arguments.pixels,
                    arguments.places,
                    arguments.order,
                    arguments.inverse,
                    arguments.windowRows,
                    arguments.windowLengths,
                    arguments.fullRows,
                    arguments.fullLengths);
        } finally {
            arguments.close();
        }
    }

    /** What {@code encode} in vision.torch is given. */
    record Arguments(
            NDArray pixels,
            NDArray places,
            NDArray order,
            NDArray inverse,
            NDList windowRows,
            int[] windowLengths,
            NDList fullRows,
            int[] fullLengths)
            implements AutoCloseable {

        @Override
        public void close() {
            new NDList(pixels, places, order, inverse).close();
            windowRows.close();
            fullRows.close();
        }
    }

    Arguments arguments(NDManager scope, float[] pixels, List<PatchGrid> grids) {
        int patches = grids.stream().mapToInt(PatchGrid::patches).sum();
        if (pixels.length != (long) patches * config.patchNumbers()) {
            throw new IllegalArgumentException("pixels of " + grids + ": expected " + patches + " rows of "
                    + config.patchNumbers() + " numbers, found " + pixels.length + " numbers");
        }
        PatchOrder order = PatchOrder.of(grids, config.spatialMergeSize());
        WindowOrder windows = WindowOrder.of(
                grids,
                config.spatialMergeSize(),
                WindowOrder.windowUnits(config.windowSize(), config.spatialMergeSize(), config.patchSize()));
        AttentionSegments window = AttentionSegments.of(windows.windowLengths());
        AttentionSegments full = AttentionSegments.of(windows.fullLengths());
        long[] places = IntStream.concat(Arrays.stream(order.rows()), Arrays.stream(order.columns()))
                .asLongStream()
                .toArray();
        return new Arguments(
                scope.create(pixels, new Shape(patches, config.patchNumbers())),
                scope.create(places, new Shape(2, patches)),
                scope.create(longs(windows.units())),
                scope.create(longs(windows.inverse())),
                rows(scope, window),
                lengths(window),
                rows(scope, full),
                lengths(full));
    }

    private NDList rows(NDManager scope, AttentionSegments segments) {
        NDList rows = new NDList();
        for (long[] group : segments.rows()) {
            rows.add(scope.create(group));
        }
        return rows;
    }

    private static int[] lengths(AttentionSegments segments) {
        return segments.lengths().stream().mapToInt(Integer::intValue).toArray();
    }

    private static long[] longs(int[] numbers) {
        return Arrays.stream(numbers).asLongStream().toArray();
    }

    TorchScript script() {
        return script;
    }

    @Override
    public void close() {
        script.close();
    }
}
