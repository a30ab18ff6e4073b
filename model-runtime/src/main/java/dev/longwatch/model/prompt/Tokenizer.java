// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.longwatch.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The tokenizer of a checkpoint: its {@code tokenizer.json}, read by the library the reference uses (spec section 5).
 *
 * <p>Holds native memory until closed. May be used by many threads.
 */
public final class Tokenizer implements AutoCloseable {

    public static final String FILE_NAME = "tokenizer.json";

    private final HuggingFaceTokenizer encoder;
    private final Vocabulary vocabulary;

    private Tokenizer(HuggingFaceTokenizer encoder, Vocabulary vocabulary) {
        this.encoder = encoder;
        this.vocabulary = vocabulary;
    }

    /** Opens the tokenizer of a checkpoint folder. Neither downloads anything nor reports its use. */
    public static Tokenizer open(Path checkpoint) {
        Path file = checkpoint.resolve(FILE_NAME);
        Vocabulary vocabulary = Vocabulary.read(file);
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            // DJL by itself adds special tokens and cuts off after 512
            HuggingFaceTokenizer encoder = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optAddSpecialTokens(false)
                    .optTruncation(false)
                    .optPadding(false)
                    .build();
            return new Tokenizer(encoder, vocabulary);
        } catch (IOException | RuntimeException e) {
            throw new ModelException(file + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The ids of a text in which special tokens such as {@code <|im_start|>} count as such. None are added. */
    public int[] encode(String text) {
        return ids(text).toArray();
    }

    /**
     * The ids of a person's words: special tokens written among them are read letter by letter, so that nobody can end
     * the question and speak as somebody else.
     */
    public int[] encodeWords(String text) {
        IntStream ids = IntStream.empty();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (addedTokenAt(text, at)) {
                ids = IntStream.concat(ids, ids(text.substring(start, at + 1)));
                start = at + 1;
            }
        }
        return IntStream.concat(ids, ids(text.substring(start))).toArray();
    }

    private boolean addedTokenAt(String text, int at) {
        return vocabulary.added().keySet().stream().anyMatch(token -> text.startsWith(token, at));
    }

    private IntStream ids(String text) {
        return Arrays.stream(encoder.encode(text, false, false).getIds()).mapToInt(Math::toIntExact);
    }

    /** The text of tokens, special ones included. Bytes that are no UTF-8 become U+FFFD. */
    public String decode(int... ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            bytes.writeBytes(vocabulary.bytes(checked(id)));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * The bytes one token stands for: often a part of a word, sometimes a part of a character. Empty for an id that no
     * token has.
     *
     * @param id below {@link #size}; the network's rows beyond are padding
     */
    public byte[] bytes(int id) {
        return vocabulary.bytes(checked(id)).clone();
    }

    /** Whether a token stands outside ordinary text, like {@code <|im_end|>}. */
    public boolean special(int id) {
        return vocabulary.added().containsValue(checked(id));
    }

    /** The id of a token by its text, which for ordinary tokens is in the byte-level alphabet. */
    public int id(String token) {
        Integer id = vocabulary.ids().get(token);
        if (id == null) {
            throw new ModelException(FILE_NAME + ": expected a token " + token + ", found none");
        }
        return id;
    }

    /** One beyond the highest id. */
    public int size() {
        return vocabulary.size();
    }

    private int checked(int id) {
        if (id < 0 || id >= size()) {
            throw new IllegalArgumentException("expected a token id below " + size() + ", found " + id);
        }
        return id;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
