// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * all-MiniLM-L6-v2 in int8: English sentences. Loaded once per process, when it is first needed; holds about 100 MB of
 * native memory from then on.
 *
 * <p>Each text is a run of its own: the weights are quantised on the fly over the whole of a batch, so in one batch a
 * text's vector would depend on its company. A run has one thread: texts are short, and the machine has other work.
 */
public final class MiniLm implements Embedder {

    private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private static final MiniLm SHARED = new MiniLm();

    private volatile @Nullable Encoder encoder;

    private MiniLm() {}

    /** The one of this process, behind a memory of its latest sentences. */
    public static Embedder shared() {
        return Remembered.SHARED;
    }

    @Override
    public String model() {
        return "minilm_l6_v2_q";
    }

    @Override
    public int dimension() {
        return 384;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        Encoder loaded = loaded();
        try {
            return texts.stream().map(loaded::encode).toList();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private Encoder loaded() {
        Encoder loaded = encoder;
        if (loaded == null) {
            synchronized (this) {
                loaded = encoder;
                if (loaded == null) {
                    loaded = load();
                    encoder = loaded;
                }
            }
        }
        return loaded;
    }

    private Encoder load() {
        // the tokenizer's library must neither fetch anything nor report its use
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try (InputStream weights = AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(WEIGHTS);
                InputStream tokenizer = AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            OrtSession session = environment.createSession(weights.readAllBytes(), options);
            return new Encoder(new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN));
        } catch (OrtException | IOException | RuntimeException | LinkageError e) {
            throw failed(e);
        }
    }

    private EmbedderException failed(Throwable cause) {
        return new EmbedderException(
                "the sentence model " + model() + " cannot be run on this machine: " + cause.getMessage(), cause);
    }

    /** Behind a memory, so that a rule's sentence is computed once and not once per event. */
    private static final class Remembered {

        static final Embedder SHARED = new RememberingEmbedder(MiniLm.SHARED, RememberingEmbedder.SENTENCES);
    }

    /** The library's way to its own encoder. */
    private static final class Encoder extends AbstractInProcessEmbeddingModel {

        private final OnnxBertBiEncoder model;

        Encoder(OnnxBertBiEncoder model) {
            super(Runnable::run);
            this.model = model;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return model;
        }

        float[] encode(String text) {
            return embedAll(List.of(TextSegment.from(text))).content().get(0).vector();
        }
    }
}
