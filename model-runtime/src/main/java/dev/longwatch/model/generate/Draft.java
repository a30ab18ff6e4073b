// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A text under way. Tokens are bytes and may end inside a character, so up to three bytes may wait for the rest of
 * theirs.
 *
 * @param text the whole characters so far
 * @param waiting the first bytes of the next one, not to be changed
 */
record Draft(String text, byte[] waiting) {

    static final Draft EMPTY = new Draft("", new byte[0]);

    /** Second bytes one of which makes every first byte that may begin a character go on: E0, F0, ED and F4 are choosy. */
    private static final byte[] SECOND_BYTES = {(byte) 0x80, (byte) 0x90, (byte) 0xa0};

    /** The text with some more bytes; nothing if those cannot be UTF-8. */
    Optional<Draft> with(byte[] bytes) {
        byte[] all = new byte[waiting.length + bytes.length];
        System.arraycopy(waiting, 0, all, 0, waiting.length);
        System.arraycopy(bytes, 0, all, waiting.length, bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(all);
        CharBuffer out = CharBuffer.allocate(all.length);
        CoderResult result = decoder.decode(in, out, false);
        if (result.isError()) {
            return Optional.empty();
        }
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return Optional.of(new Draft(text + out.flip(), rest));
    }

    boolean isWhole() {
        return waiting.length == 0;
    }

    /** Whether an accepted text can begin like this. Bytes that wait are taken for the first character they can be. */
    boolean isViable(Grammar grammar) {
        if (isWhole()) {
            return grammar.viable(text);
        }
        for (byte second : SECOND_BYTES) {
            Optional<Draft> whole = filled(second);
            if (whole.isPresent()) {
                return grammar.viable(whole.get().text());
            }
        }
        return false;
    }

    /** The text with its last character made up. */
    private Optional<Draft> filled(byte second) {
        Optional<Draft> draft = Optional.of(this);
        while (draft.isPresent() && !draft.get().isWhole()) {
            byte next = draft.get().waiting.length == 1 ? second : (byte) 0x80;
            draft = draft.get().with(new byte[] {next});
        }
        return draft;
    }
}
