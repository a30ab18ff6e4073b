// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.engine;

import dev.longwatch.model.generate.TokenText;
import dev.longwatch.model.prompt.Tokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A tokenizer's tokens as generation sees them: special ones are no text, whatever the network may wish. */
public final class Words implements TokenText {

    private static final byte[] NO_TEXT = {};

    private final byte[][] bytes;
    private final Set<Integer> ends;

    /** @param ends ids that end an answer, from the checkpoint's configuration */
    public Words(Tokenizer tokenizer, List<Integer> ends) {
        this.ends = new HashSet<>(ends);
        bytes = new byte[tokenizer.size()][];
        for (int token = 0; token < bytes.length; token++) {
            bytes[token] = tokenizer.special(token) ? NO_TEXT : tokenizer.bytes(token);
        }
    }

    @Override
    public byte[] bytes(int token) {
        // rows of the network beyond the tokenizer are padding
        return token < bytes.length ? bytes[token] : NO_TEXT;
    }

    @Override
    public boolean ends(int token) {
        return ends.contains(token);
    }
}
