// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.ModelException;
import dev.longwatch.model.weights.Checkpoint;
import dev.longwatch.model.weights.TensorEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tensor of a checkpoint is which box of the network (spec section 1.4). Made whole or not at all: every name and
 * shape is checked before the first number is read.
 *
 * @param embedding the words' vectors
 * @param norm the last one of the decoder
 * @param output the words' scores; {@code embedding} itself when tied
 * @param layers of the decoder, each in the order of {@code add_layer} in decoder.torch
 * @param patchEmbedding from pixels to the vision tower's width
 * @param blocks of the vision tower, each in the order of {@code add_block} in vision.torch
 * @param merger in the order of {@code set_merger} in vision.torch
 */
record QwenVlWeights(
        TensorEntry embedding,
        TensorEntry norm,
        TensorEntry output,
        List<List<TensorEntry>> layers,
        TensorEntry patchEmbedding,
        List<List<TensorEntry>> blocks,
        List<TensorEntry> merger) {

    private static final String TEXT = "model.language_model.";
    private static final String VISUAL = "model.visual.";
    private static final String OUTPUT = "lm_head.weight";

    /** @throws ModelException naming the first tensor that is missing, shaped otherwise or unaccounted for */
    static QwenVlWeights of(Checkpoint checkpoint, QwenVlConfig config) {
        Picker picker = new Picker(checkpoint);
        QwenVlConfig.Text text = config.text();
        TensorEntry embedding = picker.take(TEXT + "embed_tokens.weight", text.vocabSize(), text.hiddenSize());
        TensorEntry norm = picker.take(TEXT + "norm.weight", text.hiddenSize());
        TensorEntry output = text.tied() ? embedding : picker.take(OUTPUT, text.vocabSize(), text.hiddenSize());
        List<List<TensorEntry>> layers = new ArrayList<>();
        for (int i = 0; i < text.layers(); i++) {
            layers.add(layer(picker, text, TEXT + "layers." + i + "."));
        }
        QwenVlConfig.Vision vision = config.vision();
        TensorEntry patchEmbedding = picker.take(
                VISUAL + "patch_embed.proj.weight",
                vision.hiddenSize(),
                QwenVlConfig.Vision.CHANNELS,
                vision.temporalPatchSize(),
                vision.patchSize(),
                vision.patchSize());
        List<List<TensorEntry>> blocks = new ArrayList<>();
        for (int j = 0; j < vision.depth(); j++) {
            blocks.add(block(picker, vision, VISUAL + "blocks." + j + "."));
        }
        List<TensorEntry> merger = merger(picker, vision);
        picker.refuseRest();
        return new QwenVlWeights(embedding, norm, output, layers, patchEmbedding, blocks, merger);
    }

    private static List<TensorEntry> layer(Picker picker, QwenVlConfig.Text text, String layer) {
        long hidden = text.hiddenSize();
        long mlp = text.intermediateSize();
        long queries = (long) text.heads() * text.headDim();
        long keys = (long) text.kvHeads() * text.headDim();
        return List.of(
                picker.take(layer + "input_layernorm.weight", hidden),
                picker.take(layer + "self_attn.q_proj.weight", queries, hidden),
                picker.take(layer + "self_attn.q_proj.bias", queries),
                picker.take(layer + "self_attn.k_proj.weight", keys, hidden),
                picker.take(layer + "self_attn.k_proj.bias", keys),
                picker.take(layer + "self_attn.v_proj.weight", keys, hidden),
                picker.take(layer + "self_attn.v_proj.bias", keys),
                picker.take(layer + "self_attn.o_proj.weight", hidden, queries),
                picker.take(layer + "post_attention_layernorm.weight", hidden),
                picker.take(layer + "mlp.gate_proj.weight", mlp, hidden),
                picker.take(layer + "mlp.up_proj.weight", mlp, hidden),
                picker.take(layer + "mlp.down_proj.weight", hidden, mlp));
    }

    private static List<TensorEntry> block(Picker picker, QwenVlConfig.Vision vision, String block) {
        long hidden = vision.hiddenSize();
        long mlp = vision.intermediateSize();
        return List.of(
                picker.take(block + "norm1.weight", hidden),
                picker.take(block + "attn.qkv.weight", 3 * hidden, hidden),
                picker.take(block + "attn.qkv.bias", 3 * hidden),
                picker.take(block + "attn.proj.weight", hidden, hidden),
                picker.take(block + "attn.proj.bias", hidden),
                picker.take(block + "norm2.weight", hidden),
                picker.take(block + "mlp.gate_proj.weight", mlp, hidden),
                picker.take(block + "mlp.gate_proj.bias", mlp),
                picker.take(block + "mlp.up_proj.weight", mlp, hidden),
                picker.take(block + "mlp.up_proj.bias", mlp),
                picker.take(block + "mlp.down_proj.weight", hidden, mlp),
                picker.take(block + "mlp.down_proj.bias", hidden));
    }

    private static List<TensorEntry> merger(Picker picker, QwenVlConfig.Vision vision) {
        long hidden = vision.hiddenSize();
        long unit = vision.unit() * hidden;
        return List.of(
                picker.take(VISUAL + "merger.ln_q.weight", hidden),
                picker.take(VISUAL + "merger.mlp.0.weight", unit, unit),
                picker.take(VISUAL + "merger.mlp.0.bias", unit),
                picker.take(VISUAL + "merger.mlp.2.weight", vision.outHiddenSize(), unit),
                picker.take(VISUAL + "merger.mlp.2.bias", vision.outHiddenSize()));
    }

    /** Takes tensors out of a checkpoint and knows which are left. */
    private static final class Picker {

        private final Checkpoint checkpoint;
        private final Set<String> taken = new HashSet<>();

        Picker(Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
        }

        TensorEntry take(String name, long... shape) {
            taken.add(name);
            return checkpoint.require(name, shape);
        }

        /** A tensor that nothing uses means that config.json describes another network: more layers, other biases. */
        void refuseRest() {
            for (String name : checkpoint.tensors().keySet()) {
                // some trainers save the tied output as well, or the frequencies, which follow from config.json
                if (!taken.contains(name) && !name.equals(OUTPUT) && !name.endsWith("rotary_emb.inv_freq")) {
                    throw new ModelException(checkpoint.directory() + ": tensor " + name + " of shape "
                            + checkpoint.tensors().get(name).shape() + " has no place in what config.json describes");
                }
            }
        }
    }
}
