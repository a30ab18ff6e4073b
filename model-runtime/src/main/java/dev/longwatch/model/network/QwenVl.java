// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.longwatch.model.ModelException;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.weights.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network: patches and token ids in, rankings of the next token out. Weights and configuration never change after
 * {@link #load}; what belongs to one conversation is in what the methods return, which the caller closes.
 */
public final class QwenVl implements AutoCloseable {

    private final QwenVlConfig config;
    private final Placement placement;
    private final VisionTower vision;
    private final Decoder decoder;

    private QwenVl(QwenVlConfig config, Placement placement, VisionTower vision, Decoder decoder) {
        this.config = config;
        this.placement = placement;
        this.vision = vision;
        this.decoder = decoder;
    }

    /**
     * @param device {@code cpu}, {@code cuda:0} …
     * @throws ModelException before anything runs, if the checkpoint does not fit its config.json
     */
    public static QwenVl load(Checkpoint checkpoint, String device) {
        return load(checkpoint, Placement.of(device));
    }

    static QwenVl load(Checkpoint checkpoint, Placement placement) {
        QwenVlConfig config = QwenVlConfig.read(checkpoint.directory());
        QwenVlWeights weights = QwenVlWeights.of(checkpoint, config);
        if (placement.isGpu() && !TorchScript.knowsGpus()) {
            throw new ModelException("device " + placement.device() + ": " + TorchScript.NO_GPUS + ";"
                    + " name another by PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR");
        }
        try (WeightReader reader = new WeightReader(placement)) {
            VisionTower vision = VisionTower.load(config.vision(), weights, reader, placement);
            return new QwenVl(config, placement, vision, Decoder.load(config.text(), weights, reader, placement));
        } catch (EngineException e) {
            throw new ModelException(
                    checkpoint.directory() + " cannot be loaded to " + placement.device() + ": " + e.getMessage(), e);
        }
    }

    public QwenVlConfig config() {
        return config;
    }

    /**
     * Encodes temporal patches of one size; which ones are encoded together does not matter, because attention never
     * crosses a temporal patch.
     *
     * @param pixels one row per patch, {@code (patches, channels · frames · y · x)}, in patch order
     * @param grid of all temporal patches together
     * @return for each temporal patch its tokens; the memory they share is free when all are closed
     */
    public List<VisualFeatures> encode(float[] pixels, PatchGrid grid) {
        TorchScript script = vision.script();
        try (NDManager scope = script.scope()) {
            NDArray tokens = vision.encode(scope, pixels, List.of(grid));
            NDList parts = script.tensors(scope, "parts", tokens, grid.t());
            List<VisualFeatures> features = new ArrayList<>();
            for (NDArray part : parts) {
                part.detach();
                features.add(new VisualFeatures(part, placement.bytes()));
            }
            return features;
        }
    }

    /**
     * @param ids a prompt's beginning, pads expanded
     * @param blocks its images and videos
     * @param features their tokens, in order
     */
    public SharedPrefix prefix(int[] ids, List<VisualBlock> blocks, List<VisualFeatures> features) {
        int[] places = visualPads(ids);
        int found = features.stream().mapToInt(VisualFeatures::tokens).sum();
        if (found != places.length || found == 0) {
            throw new IllegalArgumentException(
                    "a prompt with " + places.length + " visual pads cannot take " + found + " visual tokens");
        }
        QwenVlConfig.Tokens tokens = config.tokens();
        PositionIds positions = PositionIds.of(
                ids, tokens.imagePad(), tokens.videoPad(), config.vision().spatialMergeSize(), blocks);
        return decoder.prefix(ids, positions, places, features);
    }

    /** @param ids a prompt's beginning without images and videos, at least one token */
    public SharedPrefix prefix(int[] ids) {
        int pads = visualPads(ids).length;
        if (pads > 0 || ids.length == 0) {
            throw new IllegalArgumentException(
                    "expected a prompt of words, found " + ids.length + " tokens, " + pads + " of them visual pads");
        }
        QwenVlConfig.Tokens tokens = config.tokens();
        return decoder.prefix(
                ids,
                PositionIds.of(
                        ids,
                        tokens.imagePad(),
                        tokens.videoPad(),
                        config.vision().spatialMergeSize(),
                        List.of()));
    }

    /** Where visual tokens go. */
    int[] visualPads(int[] ids) {
        QwenVlConfig.Tokens tokens = config.tokens();
        return IntStream.range(0, ids.length)
                .filter(i -> ids[i] == tokens.imagePad() || ids[i] == tokens.videoPad())
                .toArray();
    }

    /** @param prompts the rest of each question's prompt, at least one token each */
    public Branches branch(SharedPrefix prefix, List<int[]> prompts) {
        return new Branches(decoder, prefix, prompts);
    }

    VisionTower vision() {
        return vision;
    }

    Decoder decoder() {
        return decoder;
    }

    @Override
    public void close() {
        decoder.close();
        vision.close();
    }
}
