// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/** Which texts may be generated: a token is allowed when the text with it can still become an accepted one. */
public interface Grammar {

    /** Whether some accepted text begins with {@code prefix}. The empty prefix always does. */
    boolean viable(String prefix);

    /** Whether {@code text} is accepted as it stands, so that generation may end here. */
    boolean complete(String text);

    /** Whether nothing can follow {@code text}: it is complete and no longer text is viable. */
    boolean finished(String text);
}
