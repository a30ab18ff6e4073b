// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * config.json as types, its names kept (spec section 1). Reads the flat layout of the published files and the nested one
 * that newer transformers save.
 */
public record QwenVlConfig(Family family, Text text, Vision vision, Tokens tokens) {

    /**
     * The decoder.
     *
     * @param mropeSection how many frequencies turn with time, row and column; together half of {@code headDim}
     * @param tied whether the output matrix is the embedding matrix
     */
    public record Text(
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            int kvHeads,
            int headDim,
            int vocabSize,
            double rmsNormEps,
            double ropeTheta,
            List<Integer> mropeSection,
            boolean tied) {

        /** Which axis (0 time, 1 row, 2 column) turns each frequency: sections one after the other (spec section 3.2). */
        public List<Integer> axes() {
            int time = mropeSection.get(0);
            int row = time + mropeSection.get(1);
            return IntStream.range(0, headDim / 2)
                    .map(k -> k < time ? 0 : k < row ? 1 : 2)
                    .boxed()
                    .toList();
        }
    }

    /**
     * The vision tower.
     *
     * @param fullAttention the blocks that see a whole temporal patch; the others see windows
     * @param tokensPerSecond time ids per second of video
     */
    public record Vision(
            int depth,
            int hiddenSize,
            int intermediateSize,
            int heads,
            int patchSize,
            int spatialMergeSize,
            int temporalPatchSize,
            int windowSize,
            List<Integer> fullAttention,
            double tokensPerSecond,
            int outHiddenSize) {

        /** Colours of a picture; there is no other kind of picture here. */
        public static final int CHANNELS = 3;

        /** Numbers in one row of pixels: channel, frame, y, x. */
        public int patchNumbers() {
            return CHANNELS * temporalPatchSize * patchSize * patchSize;
        }

        /** Patches in one merge unit. */
        public int unit() {
            return spatialMergeSize * spatialMergeSize;
        }
    }

    /**
     * Ids with a meaning of their own.
     *
     * @param end any of these ends an answer
     */
    public record Tokens(int imagePad, int videoPad, int visionStart, int visionEnd, List<Integer> end) {}

    /** @throws ModelException naming the field, what was found and what was expected */
    public static QwenVlConfig read(Path directory) {
        ConfigJson root = ConfigJson.read(directory.resolve("config.json"));
        Family family = Family.of(root);
        ConfigJson text = root.has("text_config") ? root.object("text_config") : root;
        Vision vision = vision(root.object("vision_config"));
        Text decoder = text(text, root.isTrue("tie_word_embeddings") || text.isTrue("tie_word_embeddings"));
        if (vision.outHiddenSize() != decoder.hiddenSize()) {
            throw new ModelException(root.where() + ": vision out_hidden_size is " + vision.outHiddenSize()
                    + ", but hidden_size is " + decoder.hiddenSize());
        }
        Tokens tokens = new Tokens(
                root.tokenId("image_token_id"),
                root.tokenId("video_token_id"),
                root.tokenId("vision_start_token_id"),
                root.tokenId("vision_end_token_id"),
                end(directory, text));
        return new QwenVlConfig(family, decoder, vision, tokens);
    }

    private static Text text(ConfigJson config, boolean tied) {
        config.expect("hidden_act", "silu");
        if (config.isTrue("use_sliding_window")) {
            throw config.wrong("use_sliding_window", "false");
        }
        int hidden = config.positive("hidden_size");
        int heads = config.positive("num_attention_heads");
        int kvHeads = config.positive("num_key_value_heads");
        if (heads % kvHeads != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads " + heads);
        }
        int headDim = config.positiveIfAny("head_dim").orElse(hidden / heads);
        ConfigJson rope = rope(config);
        List<Integer> section = rope.naturals("mrope_section");
        int frequencies = section.stream().mapToInt(Integer::intValue).sum();
        if (section.size() != 3 || frequencies * 2 != headDim) {
            throw rope.wrong("mrope_section", "three numbers that add up to " + headDim / 2 + ", half of a head");
        }
        return new Text(
                hidden,
                config.positive("intermediate_size"),
                config.positive("num_hidden_layers"),
                heads,
                kvHeads,
                headDim,
                config.positive("vocab_size"),
                config.positiveNumber("rms_norm_eps"),
                rope.has("rope_theta") ? rope.positiveNumber("rope_theta") : config.positiveNumber("rope_theta"),
                section,
                tied);
    }

    /** {@code rope_parameters} since transformers 5, {@code rope_scaling} before; its type has had two names as well. */
    private static ConfigJson rope(ConfigJson config) {
        ConfigJson rope = config.object(config.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        for (String field : List.of("rope_type", "type")) {
            if (rope.has(field)
                    && !rope.text(field).equals("mrope")
                    && !rope.text(field).equals("default")) {
                throw rope.wrong(field, "'mrope' or 'default' (scaled positions would spoil the seconds)");
            }
        }
        return rope;
    }

    private static Vision vision(ConfigJson config) {
        config.expect("hidden_act", "silu");
        for (String field : List.of("in_chans", "in_channels")) {
            if (config.has(field) && config.positive(field) != Vision.CHANNELS) {
                throw config.wrong(field, String.valueOf(Vision.CHANNELS));
            }
        }
        Vision vision = new Vision(
                config.positive("depth"),
                config.positive("hidden_size"),
                config.positive("intermediate_size"),
                config.positive("num_heads"),
                config.positive("patch_size"),
                config.positive("spatial_merge_size"),
                config.positive("temporal_patch_size"),
                config.positive("window_size"),
                config.naturals("fullatt_block_indexes"),
                config.positiveNumber("tokens_per_second"),
                config.positive("out_hidden_size"));
        if (vision.hiddenSize() % (4 * vision.heads()) != 0) {
            throw config.wrong("hidden_size", "a multiple of four times num_heads " + vision.heads());
        }
        return vision;
    }

    private static List<Integer> end(Path directory, ConfigJson text) {
        Path generation = directory.resolve("generation_config.json");
        ConfigJson source = Files.isRegularFile(generation) ? ConfigJson.read(generation) : text;
        if (!source.has("eos_token_id")) {
            source = text;
        }
        return source.naturals("eos_token_id");
    }
}
