// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import dev.longwatch.model.generate.PrefixReader.State;

/** A grammar whose texts are read from their beginning, none of them being the beginning of another. */
abstract class ReadGrammar implements Grammar {

    /** How far a text is from an accepted one. */
    abstract State read(String text);

    @Override
    public boolean viable(String prefix) {
        return read(prefix) != State.WRONG;
    }

    @Override
    public boolean complete(String text) {
        return read(text) == State.WHOLE;
    }

    @Override
    public boolean finished(String text) {
        return complete(text);
    }
}
