// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/** What tokens stand for. */
public interface TokenText {

    /** The bytes a token adds to a text, not to be changed; none for a token that is no text, such as a pad. */
    byte[] bytes(int token);

    /** Whether the token ends an answer. */
    boolean ends(int token);
}
