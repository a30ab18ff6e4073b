// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import java.util.stream.IntStream;

/**
 * The conversation layout of Qwen2-VL and Qwen2.5-VL (spec section 5): the default system message, one turn with the
 * video and the question, and the opening of the answer.
 *
 * <p>A turn may do without a video: then the question follows the system message.
 *
 * <p>The video stands before the question, so that all questions about a clip share a prefix, which is computed once.
 * Special tokens part the text, so the ids of prefix and suffix are the ids of the whole.
 */
public final class ChatTemplate {

    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";
    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final String VISION_START = "<|vision_start|>";
    private static final String VIDEO_PAD = "<|video_pad|>";
    private static final String IMAGE_PAD = "<|image_pad|>";
    private static final String VISION_END = "<|vision_end|>";

    private static final String OPENING =
            START + "system\nYou are a helpful assistant." + END + "\n" + START + "user\n";
    private static final String PREFIX = OPENING + VISION_START + VIDEO_PAD + VISION_END;
    private static final String TURN = END + "\n" + START + "assistant\n";

    private final Tokenizer tokenizer;
    private final int[] opening;
    private final int[] prefix;
    private final int[] turn;

    /** Refuses a tokenizer that lacks a token of the layout. */
    public ChatTemplate(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        for (String token : new String[] {START, END, END_OF_TEXT, VISION_START, VIDEO_PAD, IMAGE_PAD, VISION_END}) {
            tokenizer.id(token);
        }
        opening = tokenizer.encode(OPENING);
        prefix = tokenizer.encode(PREFIX);
        turn = tokenizer.encode(TURN);
    }

    /**
     * Everything up to the question: the ids through {@code <|vision_end|>}.
     *
     * @param videoTokens how many visual tokens the clip has
     */
    public int[] prefix(int videoTokens) {
        return VideoPlaceholder.expand(prefix, videoPad(), videoTokens);
    }

    /** Everything up to the question of a turn without a video. */
    public int[] opening() {
        return opening.clone();
    }

    /** The question, and the opening of the answer. */
    public int[] suffix(String question) {
        return IntStream.concat(IntStream.of(tokenizer.encodeWords(question)), IntStream.of(turn))
                .toArray();
    }

    /** The id at which visual tokens of a video are put in. */
    public int videoPad() {
        return tokenizer.id(VIDEO_PAD);
    }

    /** The id at which visual tokens of an image are put in. */
    public int imagePad() {
        return tokenizer.id(IMAGE_PAD);
    }

    /** The ids with which an answer ends. */
    public int[] ends() {
        return new int[] {tokenizer.id(END), tokenizer.id(END_OF_TEXT)};
    }
}
